import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { type EncryptionKeys, EncryptionKeysError, parseEncryptionKeys } from './encryption-keys.ts';

export interface LoadEncryptionKeysOptions {
  readonly database: Database;
  /** The text of `ENCRYPTION_KEYS`, when set; the file is then not looked at. */
  readonly json: string | null;
  /** `ENCRYPTION_KEYS_FILE`, or its default in the data directory. */
  readonly file: string;
  readonly log: Log;
}

/**
 * The operator's keys. A missing file is made once, for a database that holds nothing sealed; beside
 * sealed rows it is never made, because new keys could not open them.
 *
 * @throws EncryptionKeysError
 */
export async function loadEncryptionKeys({ database, json, file, log }: LoadEncryptionKeysOptions): Promise<EncryptionKeys> {
  if (json !== null) return parseEncryptionKeys(json, 'ENCRYPTION_KEYS');
  const found = await readKeyFile(file);
  if (found !== null) return parseEncryptionKeys(found, file);
  if (await holdsSealedRows(database)) {
    throw new EncryptionKeysError([
      `The encryption keys are missing (${file}), but the database holds values sealed with them. Restore the file from your backup, or set ENCRYPTION_KEYS_FILE to where it is.`,
    ]);
  }
  if (await createKeyFile(file)) log({ event: 'encryption_keys_created', file });
  return parseEncryptionKeys(await readFile(file, 'utf8'), file);
}

async function readKeyFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    throw new EncryptionKeysError([`The file of the encryption keys (${file}) cannot be read (${code ?? 'unknown reason'}).`]);
  }
}

async function holdsSealedRows({ db }: Database): Promise<boolean> {
  const { rows } = await db.execute<{ found: boolean }>(
    sql`select exists (select from encryption_key_checks) or exists (select from server_secrets) or exists (select from data_keys) as found`,
  );
  return rows[0]?.found ?? false;
}

/** @returns false when another process was faster; its keys count then. */
async function createKeyFile(file: string): Promise<boolean> {
  const keys = [{ kid: `k${new Date().toISOString().slice(0, 10)}`, key: randomBytes(32).toString('base64') }];
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(keys, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link fails where the name exists, so a reader sees either no file or a whole one.
    await link(draft, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    throw new EncryptionKeysError([`The file of the encryption keys (${file}) cannot be created (${code ?? 'unknown reason'}).`]);
  } finally {
    await rm(draft, { force: true });
  }
}
