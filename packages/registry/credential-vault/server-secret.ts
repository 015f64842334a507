import { randomBytes } from 'node:crypto';
import { type Database, schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import { type EncryptionKeys, EncryptionKeysError } from './encryption-keys.ts';
import { open, seal } from './envelope.ts';

const contextOf = (name: string): readonly string[] => ['pipelines/server-secret/v1', name];

/**
 * A random secret of 32 bytes that the server makes for itself once and keeps wrapped by an operator
 * key. Any number of processes may ask at once: all get the same.
 *
 * @throws EncryptionKeysError when it cannot be opened
 */
export async function readServerSecret({ db }: Database, keys: EncryptionKeys, name: string): Promise<Buffer> {
  const ofName = eq(schema.serverSecrets.name, name);
  let [row] = await db.select().from(schema.serverSecrets).where(ofName);
  if (!row) {
    const sealed = seal(keys.primary, randomBytes(32), contextOf(name));
    await db.insert(schema.serverSecrets).values({ name, kid: keys.primary.kid, sealed }).onConflictDoNothing();
    [row] = await db.select().from(schema.serverSecrets).where(ofName);
  }
  if (!row) throw new EncryptionKeysError([`The server's own secret "${name}" cannot be kept in the database.`]);
  const key = keys.all.get(row.kid);
  if (!key) throw new EncryptionKeysError([`The encryption key "${row.kid}" is missing, but the server's own secrets need it.`]);
  try {
    return open(key, row.sealed, contextOf(name));
  } catch {
    throw new EncryptionKeysError([`The server's own secret "${name}" cannot be opened; its row is damaged.`]);
  }
}
