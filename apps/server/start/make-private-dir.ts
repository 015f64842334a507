import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../config/config-error.ts';

/** The first of the folders that can be written, made for this user alone if it is not there. @throws ConfigError */
export function makePrivateDir(candidates: readonly string[]): string {
  const faults: string[] = [];
  for (const candidate of candidates) {
    const folder = path.resolve(candidate);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
      return folder;
    } catch (error) {
      faults.push(`DATA_DIR: ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`);
    }
  }
  throw new ConfigError(faults);
}
