import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../repository.mjs';
import { measureFirstLoads } from './measure-first-loads.mjs';
import { replaceFolder } from './replace-folder.mjs';
import { digestSources, isBuiltFrom, markBuiltFrom } from './source-digest.mjs';

const OUTPUT = fromRoot('apps/web/dist');
const SOURCES = [
  fromRoot('apps/web'),
  fromRoot('packages/contracts'),
  fromRoot('package-lock.json'),
  fromRoot('scripts/build/measure-first-loads.mjs'),
  import.meta.filename,
];
/** Beside the page: what somebody loads who opens it for the first time. */
const FIRST_LOADS = '.first-loads.json';

/** Builds the page to `apps/web/dist`. Returns whether there was anything to do. */
export async function buildWeb() {
  const digest = digestSources(SOURCES);
  if (isBuiltFrom(OUTPUT, digest)) return false;
  const { build } = await import('vite');
  await replaceFolder(OUTPUT, async (folder) => {
    const built = await inProduction(() =>
      build({ root: fromRoot('apps/web'), logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } }),
    );
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built);
    writeFileSync(join(folder, FIRST_LOADS), JSON.stringify(measureFirstLoads(output)));
    markBuiltFrom(folder, digest);
  });
  return true;
}

/** Of the page that was built last. @returns {import('./measure-first-loads.mjs').FirstLoad[]} */
export function readFirstLoads() {
  return JSON.parse(readFileSync(join(OUTPUT, FIRST_LOADS), 'utf8'));
}

/**
 * Whoever asks, a test run for one, gets the page that is shipped.
 * @template Result
 * @param {() => Promise<Result>} run @returns {Promise<Result>}
 */
async function inProduction(run) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}
