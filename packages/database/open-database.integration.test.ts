import { setTimeout as sleep } from 'node:timers/promises';
import { type LogEvent, toSafeError } from '@pipelines/contracts';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseErrorCode, isUniqueViolation } from './database-errors.ts';
import { openDatabase } from './open-database.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let test: TestDatabase;
const events: LogEvent[] = [];

beforeAll(async () => {
  test = await createTestDatabase((event) => events.push(event));
  await test.database.pool.query('create table prices (name text constraint prices_name_key unique, price numeric, tokens bigint)');
});
afterAll(() => test.close());

/** By a connection of its own: one of the pool may be among those that are being killed. */
async function killConnections(applicationName: string): Promise<void> {
  const client = new pg.Client({ connectionString: test.url, application_name: 'killer' });
  await client.connect();
  try {
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
      [applicationName],
    );
  } finally {
    await client.end();
  }
}

/** Until the pool has noticed: a query before that may get a connection that was killed. */
const forgotten = () => vi.waitFor(() => expect(test.database.pool.idleCount).toBe(0), 5_000);

describe('openDatabase', () => {
  it('returns NUMERIC and BIGINT as exact strings', async () => {
    await test.database.pool.query(`insert into prices values ('exact', 0.000000150000000000001, 9007199254740993)`);
    const { rows } = await test.database.db.execute(sql`select price, tokens from prices where name = 'exact'`);
    expect(rows).toEqual([{ price: '0.000000150000000000001', tokens: '9007199254740993' }]);
  });

  it('tells a unique violation through the error that drizzle wraps, and logs no parameter of it', async () => {
    const insert = (name: string) => test.database.db.execute(sql`insert into prices (name) values (${name})`);
    await insert('sk-very-secret');
    const error = await insert('sk-very-secret').then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(databaseErrorCode(error)).toBe('23505');
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'prices_name_key')).toBe(true);
    expect(isUniqueViolation(error, 'another_key')).toBe(false);
    expect(toSafeError(error)).toEqual({ name: 'Error', code: '23505', message: null });
  });

  it('reads no SQLSTATE into errors that are not PostgreSQL’s', () => {
    expect(databaseErrorCode(Object.assign(new Error('x'), { code: 'EPIPE' }))).toBeNull();
    expect(isUniqueViolation(undefined)).toBe(false);
  });

  it('gives every connection its limits', async () => {
    const { rows } = await test.database.pool.query(
      `select name, setting from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'application_name') order by name`,
    );
    expect(rows).toEqual([
      { name: 'application_name', setting: 'pipelines' },
      { name: 'idle_in_transaction_session_timeout', setting: '30000' },
      { name: 'statement_timeout', setting: '30000' },
    ]);
  });

  it('outlives the loss of its idle connections', async () => {
    await Promise.all([1, 2, 3].map(() => test.database.pool.query('select pg_sleep(0.05)')));
    await killConnections('pipelines');
    await forgotten();
    expect(await test.database.ping()).toBe(true);
  });

  it('outlives the loss of a connection in the middle of a transaction', async () => {
    const uncaught = vi.fn();
    process.on('uncaughtException', uncaught);
    const client = await test.database.pool.connect();
    try {
      await client.query('begin');
      const lost = new Promise((resolve) => client.once('end', resolve));
      await killConnections('pipelines');
      await lost;
      await expect(client.query('commit')).rejects.toThrow();
      await forgotten();
      expect(uncaught).not.toHaveBeenCalled();
    } finally {
      client.release(true);
      process.off('uncaughtException', uncaught);
    }
  });

  it('answers a ping with false when nobody is there', async () => {
    const nobody = openDatabase({ url: 'postgres://nobody@127.0.0.1:9/none', log: () => undefined });
    expect(await nobody.ping()).toBe(false);
    await nobody.close();
    await nobody.close();
  });
});

describe('listen', () => {
  it('hears its channel only, until it is closed', async () => {
    const heard: string[] = [];
    const subscription = await test.database.listen('Fine-channel', { onNotify: (payload) => heard.push(payload) });
    await test.database.pool.query(`select pg_notify('other', 'no'), pg_notify('Fine-channel', 'one')`);
    await vi.waitFor(() => expect(heard).toEqual(['one']), 5_000);
    await subscription.close();
    await test.database.pool.query(`select pg_notify('Fine-channel', 'two')`);
    await sleep(100);
    expect(heard).toEqual(['one']);
  });

  it('comes back after its connection was cut, says so, and hears again', async () => {
    events.length = 0;
    const heard: string[] = [];
    const onReconnect = vi.fn();
    const subscription = await test.database.listen('lost', { onNotify: (payload) => heard.push(payload), onReconnect });
    for (const round of ['first', 'second']) {
      onReconnect.mockClear();
      await killConnections('pipelines listener');
      await vi.waitFor(() => expect(onReconnect).toHaveBeenCalledOnce(), 5_000);
      await test.database.pool.query('select pg_notify($1, $2)', ['lost', round]);
      await vi.waitFor(() => expect(heard).toContain(round), 5_000);
    }
    expect(events.map(({ event }) => event)).toEqual(['database_lost', 'database_restored', 'database_lost', 'database_restored']);
    await subscription.close();
  });

  it('can be tried again after a database that was away', async () => {
    const nobody = openDatabase({ url: 'postgres://nobody@127.0.0.1:9/none', log: () => undefined });
    await expect(nobody.listen('any', { onNotify: () => undefined })).rejects.toThrow();
    await expect(nobody.listen('any', { onNotify: () => undefined })).rejects.toThrow();
    await nobody.close();
  });
});
