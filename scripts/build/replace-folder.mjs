import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromRoot } from '../repository.mjs';

/**
 * Fills a folder beside the real one and swaps it in when it is whole, so that a failed build leaves
 * the last good one, and two builds at a time never mix their files.
 * @param {string} target absolute
 * @param {(folder: string) => Promise<void>} fill
 */
export async function replaceFolder(target, fill) {
  const workspace = fromRoot('node_modules/.cache/pipelines-build');
  mkdirSync(workspace, { recursive: true });
  const temporary = mkdtempSync(join(workspace, 'build-'));
  try {
    const next = join(temporary, 'next');
    await fill(next);
    mkdirSync(dirname(target), { recursive: true });
    moveAside(target, join(temporary, 'previous'));
    renameSync(next, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} from @param {string} to */
function moveAside(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}
