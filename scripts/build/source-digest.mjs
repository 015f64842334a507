import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../repository.mjs';

const SKIPPED = /^(node_modules|dist|test-results|testing|__fixtures__)$/;
const TEST = /\.test\.tsx?$/;

/**
 * One digest of everything a build reads: the same sources give the same digest, whatever their dates.
 * @param {string[]} sources files and folders, absolute
 */
export function digestSources(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(listFiles).sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function listFiles(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return TEST.test(path) ? [] : [path];
  return readdirSync(path)
    .filter((name) => !SKIPPED.test(name))
    .flatMap((name) => listFiles(join(path, name)));
}

/** Whether `outputDir` was built from exactly these sources. @param {string} outputDir @param {string} digest */
export function isBuiltFrom(outputDir, digest) {
  const file = join(outputDir, '.built-from');
  return existsSync(file) && readFileSync(file, 'utf8') === digest;
}

/** Marks a finished output; written last, so that a broken build is never taken for a whole one. @param {string} outputDir @param {string} digest */
export function markBuiltFrom(outputDir, digest) {
  writeFileSync(join(outputDir, '.built-from'), digest);
}
