import { randomBytes, randomUUID } from 'node:crypto';
import { type LogEvent, Secret } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredentialVault, type Vault } from './create-credential-vault.ts';
import type { CredentialPlace } from './credential-place.ts';
import { type EncryptionKeys, EncryptionKeysError, parseEncryptionKeys } from './encryption-keys.ts';
import type { SealedCredential } from './seal-credential.ts';

let test: TestDatabase;
let database: Database;
let vault: Vault;
const logged: LogEvent[] = [];
const log = (event: LogEvent) => void logged.push(event);
const newKeys = (...kids: readonly string[]): EncryptionKeys =>
  parseEncryptionKeys(JSON.stringify(kids.map((kid) => ({ kid, key: randomBytes(32).toString('base64') }))), 'test');
const keys = newKeys('k1');
const unreadable = { code: 'credential_unreadable' };

beforeAll(async () => {
  test = await createTestDatabase();
  database = test.database;
  vault = await createCredentialVault({ database, keys, log });
});
afterAll(() => test?.close());

async function newPlace(changes: Partial<CredentialPlace> = {}): Promise<CredentialPlace> {
  const organizationId = randomUUID();
  await database.db.insert(schema.organizations).values({ id: organizationId, name: 'Acme' });
  const destination = { provider: 'fireworks', authKind: 'api_key', baseUrl: 'https://api.example.com/v1', region: null } as const;
  return { kind: 'credential', organizationId, id: randomUUID(), version: 2, destination, ...changes };
}
const credential = { apiKey: new Secret('sk-secret'), headers: { 'x-team': new Secret('blue') } };
const open = async (place: CredentialPlace, sealed: SealedCredential, by = vault) => by.open(place, sealed);

describe('a sealed credential', () => {
  it('opens in its place, at once while the data key is in memory', async () => {
    const place = await newPlace();
    const sealed = await vault.seal(place, credential);
    const opened = vault.open(place, sealed);
    expect(opened).not.toBeInstanceOf(Promise);
    expect((await opened).apiKey?.expose()).toBe('sk-secret');

    const cold = await createCredentialVault({ database, keys, log });
    expect(cold.open(place, sealed)).toBeInstanceOf(Promise);
    expect((await open(place, sealed, cold)).headers?.['x-team']?.expose()).toBe('blue');
    const warm = await createCredentialVault({ database, keys, log });
    await warm.preload();
    expect(warm.open(place, sealed)).not.toBeInstanceOf(Promise);
  });

  it('opens nowhere else', async () => {
    const place = await newPlace();
    const other = await newPlace();
    const sealed = await vault.seal(place, credential);
    await vault.seal(other, credential);
    const { destination } = place;
    const places: CredentialPlace[] = [
      { ...place, organizationId: other.organizationId },
      { ...place, id: other.id },
      { ...place, version: 1 },
      { ...place, version: 3 },
      { ...place, kind: 'connection_test' },
      { ...place, destination: { ...destination, provider: 'openai-compatible' } },
      { ...place, destination: { ...destination, authKind: 'iam' } },
      { ...place, destination: { ...destination, baseUrl: 'https://attacker.example/v1' } },
      { ...place, destination: { ...destination, baseUrl: 'https://api.example.com/v' } },
      { ...place, destination: { ...destination, region: 'us-east-1' } },
    ];
    for (const wrong of places) await expect(open(wrong, sealed), JSON.stringify(wrong)).rejects.toMatchObject(unreadable);
    expect(logged.filter(({ event }) => event === 'credential_unreadable')).toHaveLength(places.length);
  });

  it('does not open when any bit, byte or key version is another', async () => {
    const place = await newPlace();
    const sealed = await vault.seal(place, credential);
    const bytes = Buffer.from(sealed.sealed);
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      await expect(open(place, { ...sealed, sealed: flipped })).rejects.toMatchObject(unreadable);
    }
    const blobs = [Buffer.alloc(0), bytes.subarray(0, -12), bytes.subarray(1), Buffer.concat([bytes, Buffer.of(0)])];
    for (const blob of blobs) await expect(open(place, { ...sealed, sealed: blob })).rejects.toMatchObject(unreadable);
    await expect(open(place, { ...sealed, dataKeyVersion: 7 })).rejects.toMatchObject(unreadable);
  });

  it('does not open with the data key of another organization, or under a damaged one', async () => {
    const place = await newPlace();
    const other = await newPlace();
    const sealed = await vault.seal(place, credential);
    await vault.seal(other, credential);
    const { dataKeys } = schema;
    const [theirs] = await database.db.select().from(dataKeys).where(eq(dataKeys.organizationId, other.organizationId));
    const own = and(eq(dataKeys.organizationId, place.organizationId), eq(dataKeys.version, 1));
    await database.db
      .update(dataKeys)
      .set({ wrapped: theirs?.wrapped ?? Buffer.alloc(0) })
      .where(own);
    const cold = await createCredentialVault({ database, keys, log });
    await cold.preload();
    await expect(open(place, sealed, cold)).rejects.toMatchObject(unreadable);
  });

  it('is made with one data key, however many ask for the first at once', async () => {
    const place = await newPlace();
    const vaults = await Promise.all(Array.from({ length: 4 }, () => createCredentialVault({ database, keys, log })));
    const all = await Promise.all(vaults.flatMap((one) => [one.seal(place, credential), one.seal(place, credential)]));
    for (const sealed of all) expect((await open(place, sealed)).apiKey?.expose()).toBe('sk-secret');
    const rows = await database.db.select().from(schema.dataKeys).where(eq(schema.dataKeys.organizationId, place.organizationId));
    expect(rows).toHaveLength(1);
  });
});

describe('serverSecret', () => {
  it('is made once, however many ask at once, and is the same for all', async () => {
    const vaults = await Promise.all(Array.from({ length: 4 }, () => createCredentialVault({ database, keys, log })));
    const secrets = await Promise.all(vaults.flatMap((one) => [one.serverSecret('pepper'), one.serverSecret('pepper')]));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    expect(await vault.serverSecret('another')).not.toEqual(secrets[0]);
  });
});

describe('the keys of the operator', () => {
  const start = (other: EncryptionKeys) => createCredentialVault({ database, keys: other, log });
  const withOld = (...others: readonly string[]): EncryptionKeys => {
    const added = newKeys(...others);
    return { primary: added.primary, all: new Map([...added.all, ...keys.all]) };
  };

  it('refuse to start when one is wrong or missing, and say which', async () => {
    await expect(start(newKeys('k1'))).rejects.toThrow(/"k1" is not the one/);
    await expect(start(newKeys('k2'))).rejects.toThrow(/"k1" is missing/);
    await expect(start(newKeys('k2'))).rejects.toBeInstanceOf(EncryptionKeysError);
  });

  it('are those of one server where two start at once with keys of their own', async () => {
    const fresh = await createTestDatabase();
    const starts = await Promise.allSettled([
      createCredentialVault({ database: fresh.database, keys: newKeys('same'), log }),
      createCredentialVault({ database: fresh.database, keys: newKeys('same'), log }),
    ]);
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await fresh.close();
  });

  it('may be added to: the new one seals, the old one still opens', async () => {
    const place = await newPlace();
    const sealed = await vault.seal(place, credential);
    const both = withOld('k2');
    const rotated = await start(both);
    expect((await open(place, sealed, rotated)).apiKey?.expose()).toBe('sk-secret');
    expect(await rotated.serverSecret('pepper')).toEqual(await vault.serverSecret('pepper'));
    expect(rotated.fingerprint({ organizationId: 'a', provider: 'openai', authKind: 'api_key' }, credential)).toEqual(
      vault.fingerprint({ organizationId: 'a', provider: 'openai', authKind: 'api_key' }, credential),
    );
    const later = await newPlace();
    await rotated.seal(later, credential);
    const [row] = await database.db.select().from(schema.dataKeys).where(eq(schema.dataKeys.organizationId, later.organizationId));
    expect(row?.kid).toBe('k2');
    await expect(start(keys)).rejects.toThrow(/"k2" is missing/);
  });
});
