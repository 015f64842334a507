import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Database, type EmbeddedPostgres, migrateDatabase, openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOrganization, openTestUsage } from './__fixtures__/open-test-usage.ts';
import { endOf, startOf } from './__fixtures__/sample-calls.ts';

const silent = () => {};
let dataDir: string;
let postgres: EmbeddedPostgres;
let database: Database;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'usage-away-'));
  // As root, PostgreSQL runs as another user, who must pass.
  chmodSync(dataDir, 0o711);
  postgres = await startEmbeddedPostgres({ dataDir, log: silent });
  database = openDatabase({ url: postgres.url, poolSize: 2, log: silent });
  await migrateDatabase(database, silent);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('keeps taking calls down while the database is away, and ships each once when it is back', async () => {
  const organizationId = await addOrganization(database);
  const { usage, events, close } = await openTestUsage(database, 50_000);
  const before = usage.begin(startOf(organizationId));
  before.end(endOf());
  await usage.flush();

  await postgres.stop();
  const started = performance.now();
  const during = Array.from({ length: 2_000 }, () => usage.begin(startOf(organizationId)));
  for (const record of during) expect(record.end(endOf())).toEqual({ cost: '0.0002' });
  expect(performance.now() - started).toBeLessThan(5_000);
  await expect(usage.flush()).rejects.toThrow();
  await expect.poll(() => events).toContainEqual(expect.objectContaining({ event: 'usage_ship_failed', pending: 2_000 }));

  postgres = await startEmbeddedPostgres({ dataDir, log: silent });
  await usage.flush();
  const { total } = await usage.sumUsage(organizationId, { group_by: 'model' });
  expect(total).toMatchObject({ calls: 2_001, cost: '0.4002', unknown_cost_calls: 0 });
  await close();
});
