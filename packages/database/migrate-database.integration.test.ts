import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LogEvent } from '@pipelines/contracts';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { DatabaseSetupError } from './database-setup-error.ts';
import { migrateDatabase } from './migrate-database.ts';
import { type Database, openDatabase } from './open-database.ts';
import { refuseOldVersion } from './refuse-old-postgres.ts';
import { databaseUrl, runStatement } from './testing/test-server.ts';

const silent = () => undefined;
const serverUrl = inject('testServer').url;
let migrationsDir: string;
let name: string;
let databases: Database[];

beforeEach(async () => {
  migrationsDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipelines-migrations-'));
  name = `test_migrate_${Date.now()}`;
  await runStatement(serverUrl, `create database ${name}`);
  databases = Array.from({ length: 4 }, () => openDatabase({ url: databaseUrl(serverUrl, name), poolSize: 2, log: silent }));
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await runStatement(serverUrl, `drop database ${name} with (force)`);
  fs.rmSync(migrationsDir, { recursive: true });
});

function writeMigrations(...files: string[]): void {
  fs.mkdirSync(path.join(migrationsDir, 'meta'), { recursive: true });
  const entries = files.map((sql, idx) => {
    fs.writeFileSync(path.join(migrationsDir, `000${idx}_step.sql`), sql);
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag: `000${idx}_step`, breakpoints: true };
  });
  const journal = { version: '7', dialect: 'postgresql', entries };
  fs.writeFileSync(path.join(migrationsDir, 'meta', '_journal.json'), JSON.stringify(journal));
}

const only = () => databases[0] as Database;

describe('migrateDatabase', () => {
  it('lets four processes migrate at once: one works, three find nothing to do', async () => {
    writeMigrations('create table a (id int);--> statement-breakpoint\nselect pg_sleep(0.2);', 'create table b (id int);');
    const counts = await Promise.all(databases.map((database) => migrateDatabase(database, silent, { migrationsDir })));
    expect(counts.toSorted()).toEqual([0, 0, 0, 2]);
  });

  it('needs its lock for that: drizzle alone fails', async () => {
    writeMigrations('create table a (id int);--> statement-breakpoint\nselect pg_sleep(0.2);');
    // All are connected, so that none begins when another is through.
    await Promise.all(databases.map(({ pool }) => pool.query('select 1')));
    const results = await Promise.allSettled(databases.map(({ pool }) => migrate(drizzle(pool), { migrationsFolder: migrationsDir })));
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
  });

  it('applies only what is new, and tells how much', async () => {
    const events: LogEvent[] = [];
    writeMigrations('create table a (id int);');
    await migrateDatabase(only(), silent, { migrationsDir });
    writeMigrations('create table a (id int);', 'alter table a add column name text;');
    expect(await migrateDatabase(only(), (event) => events.push(event), { migrationsDir })).toBe(1);
    expect(events).toEqual([{ event: 'migrations_applied', count: 1 }]);
  });

  it('changes nothing when one file fails, and frees the lock', async () => {
    writeMigrations('create table a (id int);', 'create table a (id int);');
    const failure = migrateDatabase(only(), silent, { migrationsDir });
    await expect(failure).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: expect.stringContaining('42P07') });
    const { rows } = await only().pool.query(`select to_regclass('public.a') as a`);
    expect(rows).toEqual([{ a: null }]);
    // Another connection gets the lock at once, or this would never end.
    writeMigrations('create table a (id int);');
    expect(await migrateDatabase(only(), silent, { migrationsDir })).toBe(1);
  });

  it('waits for a statement that takes longer than any other may', async () => {
    writeMigrations('select pg_sleep(1);');
    const impatient = new pg.Pool({ connectionString: databaseUrl(serverUrl, name), statement_timeout: 200, query_timeout: 300 });
    try {
      await expect(impatient.query('select pg_sleep(1)')).rejects.toThrow();
      expect(await migrateDatabase({ pool: impatient }, silent, { migrationsDir })).toBe(1);
    } finally {
      await impatient.end();
    }
  });

  it('says so when there are no files', async () => {
    await expect(migrateDatabase(only(), silent, { migrationsDir })).rejects.toBeInstanceOf(DatabaseSetupError);
  });

  it('finds the checked-in files by itself', async () => {
    expect(await migrateDatabase(only(), silent)).toBeGreaterThan(0);
  });
});

describe('refuseOldVersion', () => {
  it('refuses PostgreSQL 14 with both versions in the sentence, and takes 15', () => {
    expect(() => refuseOldVersion(140_011)).toThrow(/PostgreSQL 14; version 15 or newer/);
    expect(() => refuseOldVersion(150_000)).not.toThrow();
  });
});
