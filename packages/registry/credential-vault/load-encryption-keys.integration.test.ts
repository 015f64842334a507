import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogEvent } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCredentialVault } from './create-credential-vault.ts';
import { loadEncryptionKeys } from './load-encryption-keys.ts';

let test: TestDatabase;
let dir: string;
let file: string;
const logged: LogEvent[] = [];
const log = (event: LogEvent) => void logged.push(event);
const load = (json: string | null = null) => loadEncryptionKeys({ database: test.database, json, file, log });

beforeEach(async () => {
  logged.length = 0;
  test = await createTestDatabase();
  dir = await mkdtemp(path.join(tmpdir(), 'pipelines-keys-'));
  file = path.join(dir, 'data', 'encryption-keys.json');
});
afterEach(async () => {
  await test.close();
  await rm(dir, { recursive: true });
});

describe('loadEncryptionKeys', () => {
  it('makes the file once, for the operator only, on an empty database', async () => {
    const all = await Promise.all([load(), load(), load()]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(new Set(all.map(({ primary }) => Buffer.from(primary.bytes).toString('hex'))).size).toBe(1);
    expect(logged).toEqual([{ event: 'encryption_keys_created', file }]);
    const text = await readFile(file, 'utf8');
    await load();
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('never makes new keys beside sealed rows', async () => {
    const keys = await load();
    const vault = await createCredentialVault({ database: test.database, keys, log });
    await vault.serverSecret('pepper');
    await rm(file);
    await expect(load()).rejects.toThrow(/are missing .*Restore the file/s);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('takes the environment before the file', async () => {
    const keys = await load(JSON.stringify([{ kid: 'env', key: Buffer.alloc(32, 7).toString('base64') }]));
    expect(keys.primary.kid).toBe('env');
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says what is wrong with a file, without what is in it', async () => {
    await load();
    await writeFile(file, '[{"kid":"k1","key":"c2VjcmV0"}]');
    await expect(load()).rejects.toThrow(`${file}: entry 1 has a key of 6 bytes; it must be 32 random bytes.`);
  });
});
