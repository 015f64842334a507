import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository's root, absolute. */
export const ROOT = resolve(import.meta.dirname, '..');

/** An absolute path from one that is relative to the root. @param {string[]} segments */
export const fromRoot = (...segments) => join(ROOT, ...segments);

/**
 * Every file that belongs to the source: tracked or new, ignored ones left out, relative to `root`.
 * Without git (an unpacked archive) there is no such list, and the checks that need it cannot run.
 * @param {string} [root]
 * @returns {string[]}
 */
export function listSourceFiles(root = ROOT) {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return output.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}
