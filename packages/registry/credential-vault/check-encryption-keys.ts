import { type Database, schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { type EncryptionKeys, EncryptionKeysError } from './encryption-keys.ts';
import { open, type SealingKey, seal } from './envelope.ts';

const knownText = Buffer.from('pipelines');
const contextOf = (kid: string): readonly string[] => ['pipelines/key-check/v1', kid];

/**
 * Proves at start that the operator's keys are those of this database: each known key opens its check
 * row, and no row is sealed under a key that is not given. A new key gets its check row.
 *
 * @throws EncryptionKeysError naming every key that is wrong or missing
 */
export async function checkEncryptionKeys(database: Database, keys: EncryptionKeys): Promise<void> {
  const checked = await readChecks(database);
  const missing = (await readReferencedKids(database)).filter((kid) => !keys.all.has(kid));
  refuse([...findWrong(keys, checked), ...missing.map(missingKey)]);

  const added = [...keys.all.values()].filter((key) => !checked.has(key.kid));
  if (added.length === 0) return;
  await database.db
    .insert(schema.encryptionKeyChecks)
    .values(added.map((key) => ({ kid: key.kid, sealed: seal(key, knownText, contextOf(key.kid)) })))
    .onConflictDoNothing();
  // Another process may have been faster, with another key of the same name.
  refuse(findWrong(keys, await readChecks(database)));
}

type Checks = ReadonlyMap<string, Uint8Array>;

async function readChecks({ db }: Database): Promise<Checks> {
  const rows = await db.select().from(schema.encryptionKeyChecks);
  return new Map(rows.map((row) => [row.kid, row.sealed]));
}

function findWrong(keys: EncryptionKeys, checks: Checks): string[] {
  return [...keys.all.values()].flatMap((key) => {
    const sealed = checks.get(key.kid);
    return sealed && !opensCheck(key, sealed) ? [wrongKey(key.kid)] : [];
  });
}

function opensCheck(key: SealingKey, sealed: Uint8Array): boolean {
  try {
    return open(key, sealed, contextOf(key.kid)).equals(knownText);
  } catch {
    return false;
  }
}

async function readReferencedKids({ db }: Database): Promise<readonly string[]> {
  const { rows } = await db.execute<{ kid: string }>(sql`select kid from data_keys union select kid from server_secrets`);
  return rows.map((row) => row.kid);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new EncryptionKeysError(problems);
}

const wrongKey = (kid: string) =>
  `The encryption key "${kid}" is not the one that this database was sealed with. Restore the right key, the same on every server.`;
const missingKey = (kid: string) => `The encryption key "${kid}" is missing, but sealed values need it. Add it to the list again.`;
