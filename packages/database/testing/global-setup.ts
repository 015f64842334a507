import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Log } from '@pipelines/contracts';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { migrateDatabase } from '../migrate-database.ts';
import { openDatabase } from '../open-database.ts';
import { databaseUrl, runStatement, skipSyncs } from './test-server.ts';

const silent: Log = () => undefined;

/**
 * Once per test run: a PostgreSQL (the one of TEST_DATABASE_URL, or an embedded one in a temporary folder)
 * with a migrated template. Returns what undoes it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startTemporaryServer();
  const template = `test_template_${randomBytes(6).toString('hex')}`;
  try {
    await makeTemplate(server.url, template);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testServer', { url: server.url, template });
  return async () => {
    await runStatement(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

async function startTemporaryServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipelines-test-'));
  // As root, PostgreSQL runs as another user, who must pass.
  fs.chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, log: silent });
  await skipSyncs(server.url);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(serverUrl: string, template: string): Promise<void> {
  await runStatement(serverUrl, `create database ${template}`);
  const database = openDatabase({ url: databaseUrl(serverUrl, template), poolSize: 1, log: silent });
  try {
    await migrateDatabase(database, silent);
  } finally {
    await database.close();
  }
}
