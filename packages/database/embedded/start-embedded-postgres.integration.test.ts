import fs from 'node:fs';
import type { LogEvent } from '@pipelines/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { makeDataDir, query, removeDataDir } from '../testing/embedded-data-dir.ts';
import { clusterFiles } from './cluster-files.ts';
import { isProcessAlive } from './is-process-alive.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';

const silent = () => undefined;
let dataDir: string;
let running: EmbeddedPostgres[];

beforeEach(() => {
  dataDir = makeDataDir();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  removeDataDir(dataDir);
});

const start = async (log: (event: LogEvent) => void = silent) => {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  running.push(postgres);
  return postgres;
};

describe('startEmbeddedPostgres', () => {
  it('makes a cluster, keeps it across a stop, and tells the log', async () => {
    const events: LogEvent[] = [];
    const first = await start((event) => events.push(event));
    await query(first.url, `create table notes as select 'kept' as text`);
    await first.stop();
    expect(isProcessAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second).toMatchObject({ attached: false, url: first.url });
    expect(await query(second.url, 'select text from notes')).toEqual([{ text: 'kept' }]);
    expect(events.map(({ event }) => event)).toEqual(['database_starting', 'database_ready']);
  });

  it('is durable, listens on loopback only, asks for a password, and knows Unicode', async () => {
    const { url } = await start();
    const names = `'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'unix_socket_directories'`;
    const settings = await query<{ name: string; setting: string }>(url, `select name, setting from pg_settings where name in (${names})`);
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
    expect(await query(url, `select lower('ÉCOLE') as lower, current_setting('timezone') as zone`)).toEqual([
      { lower: 'école', zone: 'UTC' },
    ]);
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(fs.statSync(clusterFiles(dataDir).password).mode & 0o777).toBe(0o600);
  });

  it.runIf(process.platform === 'linux')('hands nothing of our environment to PostgreSQL', async () => {
    vi.stubEnv('OPENROUTER_API_KEY', 'sk-or-secret');
    const { pid } = await start();
    vi.unstubAllEnvs();
    const environ = fs.readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environ.split('\0').filter(Boolean).toSorted()).toEqual(['LC_ALL=C', 'TZ=UTC']);
  });

  it('writes no statement and no value of a failed query to its log file', async () => {
    const { url } = await start();
    await query(url, 'create table keys (key text primary key)');
    await query(url, `insert into keys values ('sk-secret')`);
    await expect(query(url, `insert into keys values ('sk-secret')`)).rejects.toThrow();
    expect(fs.readFileSync(clusterFiles(dataDir).log, 'utf8')).not.toContain('secret');
  });

  it('brings a killed server back on the same port, and open pools with it', async () => {
    const postgres = await start();
    const database = openDatabase({ url: postgres.url, log: silent });
    await database.pool.query('create table rounds (round int)');
    for (const round of [1, 2, 3]) {
      const killed = postgres.pid;
      await database.pool.query('insert into rounds values ($1)', [round]);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(() => expect(postgres.pid).not.toBe(killed), 15_000);
      await vi.waitFor(async () => expect(await database.ping()).toBe(true), 15_000);
      const { rows } = await database.pool.query('select count(*)::int as count from rounds');
      expect(rows).toEqual([{ count: round }]);
    }
    await database.close();
  });

  it('shares one server between two users of a folder; the last one to stop stops it', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(two.pid).toBe(one.pid);
    expect([one.attached, two.attached].toSorted()).toEqual([false, true]);
    const [starter, attached] = one.attached ? [two, one] : [one, two];
    await starter.stop();
    expect(await query(attached.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await attached.stop();
    expect(isProcessAlive(attached.pid)).toBe(false);
  });

  it('gives up at once on a fault that lasts, and names the log file', async () => {
    await (await start()).stop();
    fs.appendFileSync(`${clusterFiles(dataDir).data}/postgresql.conf`, 'no_such_setting = 1\n');
    const startedAt = Date.now();
    await expect(start()).rejects.toMatchObject({
      code: 'POSTGRES_NOT_STARTED',
      message: expect.stringContaining(clusterFiles(dataDir).log),
    });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('refuses the cluster of another major version', async () => {
    await (await start()).stop();
    fs.writeFileSync(`${clusterFiles(dataDir).data}/PG_VERSION`, '17\n');
    await expect(start()).rejects.toMatchObject({ code: 'CLUSTER_INCOMPATIBLE', message: expect.stringContaining('PostgreSQL 17') });
  });
});
