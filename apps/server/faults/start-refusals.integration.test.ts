import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperatorEnvironment, type OperatorEnvironment } from './testing/operator-environment.ts';
import { spawnProduct } from './testing/spawn-product.ts';

const exitConfig = 78;
let database: TestDatabase;
let operator: OperatorEnvironment;
let keyFile: string;
let goodKeys: string;

/** Starts the product, which must end by itself; answers with its last words. */
async function refuse(more: Readonly<Record<string, string>> = {}, port?: number) {
  const product = await spawnProduct({ environment: { ...operator.variables, ...more }, ...(port === undefined ? {} : { port }) });
  try {
    await expect(product.ready()).rejects.toThrow('did not start');
    return { ...(await product.ended), output: product.output };
  } finally {
    await product.end('SIGKILL');
  }
}

const key = (bytes = 32) => randomBytes(bytes).toString('base64');
const keyList = (...entries: readonly (readonly [kid: string, key: string])[]) =>
  JSON.stringify(entries.map(([kid, text]) => ({ kid, key: text })));

beforeAll(async () => {
  database = await createTestDatabase();
  operator = createOperatorEnvironment({ DATABASE_URL: database.url });
  keyFile = path.join(operator.dataDir, 'encryption-keys.json');
  const product = await spawnProduct({ environment: operator.variables });
  await product.ready();
  expect((await product.end('SIGTERM')).code).toBe(0);
  goodKeys = readFileSync(keyFile, 'utf8');
});

afterAll(async () => {
  await database?.close();
  operator?.remove();
});

describe('encryption keys beside sealed rows', () => {
  it('never makes a new file where the old one is missing', async () => {
    renameSync(keyFile, `${keyFile}.away`);
    try {
      const { code, output } = await refuse();
      expect(code).toBe(exitConfig);
      expect(output).toContain('The encryption keys are missing');
      expect(output).toContain('Restore the file from your backup');
      expect(existsSync(keyFile)).toBe(false);
    } finally {
      renameSync(`${keyFile}.away`, keyFile);
    }
  });

  const faults: readonly (readonly [string, (kid: string) => string, string])[] = [
    ['another key under the same name', (kid) => keyList([kid, key()]), 'is not the one that this database was sealed with'],
    ['a key of 31 bytes', (kid) => keyList([kid, key(31)]), 'it must be 32 random bytes'],
    ['one name twice', (kid) => keyList([kid, key()], [kid, key()]), 'each key needs a name of its own'],
    ['another name', () => keyList(['other', key()]), 'is missing, but sealed values need it'],
  ];

  it.each(faults)('does not start with %s', async (_, keysFor, sentence) => {
    const [{ kid } = { kid: '' }] = JSON.parse(goodKeys) as { kid: string }[];
    const keys = keysFor(kid);
    const { code, output } = await refuse({ ENCRYPTION_KEYS: keys });
    expect(code).toBe(exitConfig);
    expect(output).toContain(sentence);
    for (const { key: text } of JSON.parse(keys) as { key: string }[]) expect(output).not.toContain(text);
    expect(readFileSync(keyFile, 'utf8')).toBe(goodKeys);
  });

  it('does not quote a file that is no JSON', async () => {
    const secret = key();
    writeFileSync(keyFile, `[{"kid":"k","key":"${secret}`);
    try {
      const { code, output } = await refuse();
      expect(code).toBe(exitConfig);
      expect(output).toContain('is not valid JSON');
      expect(output).not.toContain(secret.slice(0, 12));
    } finally {
      writeFileSync(keyFile, goodKeys);
    }
  });
});

describe('the place to listen', () => {
  it('says whose port it wanted', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    try {
      const { code, output } = await refuse({}, port);
      expect(code).toBe(1);
      expect(output).toContain(`Port ${port} on 127.0.0.1 is in use.`);
      expect(output).toContain('set PORT to a free one');
    } finally {
      other.close();
    }
  });
});

describe('the environment', () => {
  it('tells every fault at once, and no secret', async () => {
    const password = 'short-secret';
    const { code, output } = await refuse({
      LOG_LEVEL: 'loud',
      BOOTSTRAP_API_KEY: 'ppl_not-a-key-but-secret',
      BOOTSTRAP_ADMIN_PASSWORD: password.slice(0, 11),
      DATABASE_URL: 'mysql://root:hunter2hunter2@localhost/x',
      ENCRYPTION_KEYS: keyList(['k', key()]),
      ENCRYPTION_KEYS_FILE: '/nowhere/keys.json',
    });
    expect(code).toBe(exitConfig);
    for (const name of ['LOG_LEVEL', 'BOOTSTRAP_API_KEY', 'BOOTSTRAP_ADMIN_PASSWORD', 'DATABASE_URL', 'ENCRYPTION_KEYS']) {
      expect(output).toContain(name);
    }
    for (const secret of ['ppl_not-a-key', password.slice(0, 11), 'hunter2']) expect(output).not.toContain(secret);
  });
});
