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
  const problems: string[] = [];
  const checks = await database.db.select().from(schema.encryptionKeyChecks);
  const checked = new Map(checks.map((row) => [row.kid, row.sealed]));
  for (const key of keys.all.values()) {
    const sealed = checked.get(key.kid);
    if (sealed && !opensCheck(key, sealed)) {
      problems.push(`The encryption key "${key.kid}" is not the one that this database was sealed with. Restore the right key.`);
    }
  }
  for (const kid of await readReferencedKids(database)) {
    if (!keys.all.has(kid)) problems.push(`The encryption key "${kid}" is missing, but sealed values need it. Add it to the list again.`);
  }
  if (problems.length > 0) throw new EncryptionKeysError(problems);

  const added = [...keys.all.values()].filter((key) => !checked.has(key.kid));
  if (added.length === 0) return;
  await database.db
    .insert(schema.encryptionKeyChecks)
    .values(added.map((key) => ({ kid: key.kid, sealed: seal(key, knownText, contextOf(key.kid)) })))
    .onConflictDoNothing();
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
