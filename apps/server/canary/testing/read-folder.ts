import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from './find-leaks.ts';

/** Every file under a folder, whatever its kind. */
export function readFolder(folder: string): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ name: `file ${path.relative(folder, file)}`, bytes: readFileSync(file) }));
}
