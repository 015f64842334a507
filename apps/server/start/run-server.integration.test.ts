import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from '../testing/index.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exitCode: Promise<number | null>;
}

let database: TestDatabase;
let folder: string;
const runs: Run[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'pipelines-run-'));
});
afterEach(async () => {
  for (const { child, exitCode } of runs.splice(0)) {
    child.kill('SIGKILL');
    await exitCode;
  }
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The real process, with nothing of this one's environment but the path. */
function run(environment: Record<string, string>, args: readonly string[] = []): Run {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH ?? '', ...environment } });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  const started = { child, stdout: () => stdout, stderr: () => stderr, exitCode };
  runs.push(started);
  return started;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(url: string, { stderr, child }: Run): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server did not become ready: ${stderr()}`);
}

describe('a configuration with faults', () => {
  it('is told whole, without a secret, and ends with 78', async () => {
    const { exitCode, stderr, stdout } = run({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'hunter2',
      BOOTSTRAP_ADMIN_PASSWORD: 'hunter2',
    });
    expect(await exitCode).toBe(78);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'BOOTSTRAP_ADMIN_PASSWORD']) expect(stderr()).toContain(`  - ${name}`);
    expect(stderr() + stdout()).not.toContain('hunter2');
  });

  it.each([
    ['not JSON', '{', /is not valid JSON/],
    ['too short a key', JSON.stringify([{ kid: 'a', key: Buffer.alloc(31).toString('base64') }]), /31 bytes/],
    ['one name twice', JSON.stringify([1, 2].map(() => ({ kid: 'a', key: Buffer.alloc(32, 1).toString('base64') }))), /repeats the kid/],
  ])('a key file that is %s ends with 78', async (_, text, message) => {
    const file = path.join(folder, 'bad-keys.json');
    writeFileSync(file, text);
    const { exitCode, stderr } = run({
      DATABASE_URL: database.url,
      DATA_DIR: path.join(folder, 'a'),
      ENCRYPTION_KEYS_FILE: file,
      PORT: String(await freePort()),
    });
    expect(await exitCode).toBe(78);
    expect(stderr()).toMatch(message);
  });

  it('a database that is not there is a sentence, not its password', async () => {
    const { exitCode, stderr } = run({
      DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${await freePort()}/x`,
      DATA_DIR: path.join(folder, 'a'),
    });
    expect(await exitCode).toBe(1);
    expect(stderr()).toMatch(/The database does not let us in \(ECONNREFUSED\)/);
    expect(stderr()).not.toContain('hunter2');
  });

  it('an unknown command is said', async () => {
    const { exitCode, stderr } = run({}, ['dance']);
    expect(await exitCode).toBe(64);
    expect(stderr()).toContain('Usage: pipelines');
  });
});

it('starts, is set up with its link, refuses other keys, and stops cleanly', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDir = path.join(folder, 'b');
  const environment = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(port) };
  const linkFile = path.join(dataDir, 'setup-link.txt');

  const first = run(environment);
  await untilReady(url, first);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(linkFile).mode & 0o777).toBe(0o600);
  const link = readFileSync(linkFile, 'utf8').trim();
  expect(link).toMatch(new RegExp(`^${url}/setup#token=[A-Za-z0-9_-]{43}$`));
  // Ready a moment before it says so.
  await expect.poll(() => first.stdout()).toContain(link);

  const second = run({
    ...environment,
    DATA_DIR: path.join(folder, 'c'),
    ENCRYPTION_KEYS_FILE: path.join(dataDir, 'encryption-keys.json'),
  });
  expect(await second.exitCode).toBe(1);
  expect(second.stderr()).toContain(`Port ${port} on 127.0.0.1 is in use.`);

  const browser = createApiClient(url);
  const body = {
    token: link.split('=')[1],
    organization_name: 'Acme',
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery',
  };
  expect((await browser.call('POST', '/api/setup', { body })).status).toBe(201);
  expect((await browser.call('GET', '/api/session')).status).toBe(200);
  expect(existsSync(linkFile)).toBe(false);

  const otherKeys = run({ ...environment, DATA_DIR: path.join(folder, 'd'), PORT: String(await freePort()) });
  expect(await otherKeys.exitCode).toBe(78);
  expect(otherKeys.stderr()).toMatch(/The encryption keys are missing/);

  first.child.kill('SIGTERM');
  expect(await first.exitCode).toBe(0);
  const again = run(environment);
  await untilReady(url, again);
  expect(again.stdout()).not.toContain('#token=');
  again.child.kill('SIGINT');
  expect(await again.exitCode).toBe(0);
});
