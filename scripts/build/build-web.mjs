import { fromRoot } from '../repository.mjs';
import { replaceFolder } from './replace-folder.mjs';
import { digestSources, isBuiltFrom, markBuiltFrom } from './source-digest.mjs';

const OUTPUT = fromRoot('apps/web/dist');
const SOURCES = [fromRoot('apps/web'), fromRoot('packages/contracts'), fromRoot('package-lock.json'), import.meta.filename];

/** Builds the page to `apps/web/dist`. Returns whether there was anything to do. */
export async function buildWeb() {
  const digest = digestSources(SOURCES);
  if (isBuiltFrom(OUTPUT, digest)) return false;
  const { build } = await import('vite');
  await replaceFolder(OUTPUT, async (folder) => {
    await build({ root: fromRoot('apps/web'), logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
    markBuiltFrom(folder, digest);
  });
  return true;
}
