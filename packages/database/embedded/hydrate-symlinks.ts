import fs from 'node:fs/promises';
import path from 'node:path';

interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the symlinks between the shared libraries, which an npm tarball cannot carry. The package does
 * it in an install script; this makes `npm ci --ignore-scripts` enough. Throws where `native` is not writable.
 */
export async function hydrateSymlinks(native: string): Promise<void> {
  const listed = await fs.readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = path.dirname(native);
  for (const { source, target } of JSON.parse(listed) as readonly SymlinkEntry[]) {
    const link = path.join(root, target);
    try {
      await fs.symlink(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A read-only install that has its links already is fine.
        if (!(await fs.lstat(link).catch(() => null))) throw error;
      }
    }
  }
}
