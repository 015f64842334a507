import { costComparisonPageSchema, type LogEvent } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { createTestDatabase } from '@pipelines/database/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOrganization } from '../__fixtures__/open-test-usage.ts';
import { compareCosts } from './compare-costs.ts';
import { listComparisons } from './list-comparisons.ts';

let database: Database;
let close: () => Promise<void>;
let organizationId: string;
const dayMs = 24 * 3_600_000;
/** Long enough ago that no day of it is today or yesterday. */
const night = new Date('2026-03-10T01:00:00Z');
const events: LogEvent[] = [];
const log = (event: LogEvent) => void events.push(event);

beforeAll(async () => {
  ({ database, close } = await createTestDatabase());
  organizationId = await addOrganization(database);
});
afterAll(() => close?.());

async function addCall(
  startedAt: Date,
  cost: string | null,
  providerCost: string | null,
  slug = 'acme-router',
  organization = organizationId,
) {
  await database.db.insert(schema.attempts).values({
    organizationId: organization,
    id: uuidv7(),
    requestId: 'req',
    startedAt,
    source: 'gateway',
    slug,
    kind: 'custom',
    provider: 'openrouter',
    providerModelId: 'acme/router',
    stream: false,
    status: 'succeeded',
    cost,
    providerCost,
  });
}
const list = async (organization = organizationId, query: object = {}) =>
  costComparisonPageSchema.parse(await listComparisons(database, organization, { limit: 50, ...query })).data;

it('a night compares the day before it, once, and says what differs by more than rounding', async () => {
  const day = new Date('2026-03-09T23:59:59.9Z');
  await addCall(new Date('2026-03-09T00:00:00Z'), '0.0000105', '0.00001');
  await addCall(day, '0.25', '0.2500010');
  await addCall(day, '0.5', '0.75');
  await addCall(day, null, '0.125');
  await addCall(day, '0.9', null);
  await addCall(day, '0.001', '0.001', 'acme-agreed');
  await addCall(new Date('2026-03-10T00:00:00Z'), '1', '2');
  const other = await addOrganization(database);
  await addCall(day, '3', '4', 'acme-router', other);

  const done = await Promise.all([compareCosts(database, log, night), compareCosts(database, log, night)]);
  expect(done.sort()).toEqual([false, true]);
  const compared = { day: '2026-03-09', provider: 'openrouter', preliminary: false, name: null };
  expect(await list()).toEqual([
    {
      ...compared,
      slug: 'acme-agreed',
      calls: 1,
      cost: '0.001',
      provider_cost: '0.001',
      difference: '0',
      differing_calls: 0,
      unknown_cost_calls: 0,
    },
    {
      ...compared,
      slug: 'acme-router',
      calls: 3,
      cost: '0.7500105',
      provider_cost: '1.000011',
      difference: '-0.2500005',
      differing_calls: 1,
      unknown_cost_calls: 1,
    },
  ]);
  expect(await list(other)).toMatchObject([{ slug: 'acme-router', difference: '-1', differing_calls: 1 }]);
  expect(events.at(-1)).toEqual({ event: 'costs_compared', day: '2026-03-09', models: 3, calls: 5, differingCalls: 2 });
  const told = {
    event: 'cost_difference_found',
    organizationId,
    slug: 'acme-router',
    differingCalls: 1,
    cost: '0.7500105',
    providerCost: '1.000011',
  };
  expect(events).toContainEqual({ ...told, day: '2026-03-09', provider: 'openrouter' });
  expect(events).toHaveLength(3);
});

it('a call that is written down late is counted by the next night', async () => {
  await addCall(new Date('2026-03-09T12:00:00Z'), '1', '1', 'acme-agreed');
  expect(await compareCosts(database, log, new Date(night.getTime() + dayMs))).toBe(true);
  expect(await list()).toMatchObject([
    { day: '2026-03-10', slug: 'acme-router', calls: 1, difference: '-1' },
    { day: '2026-03-09', slug: 'acme-agreed', calls: 2, cost: '1.001' },
    { day: '2026-03-09', slug: 'acme-router', calls: 3 },
  ]);
});

it('days before their night are told as they stand, and lists are paged, by day and slug', async () => {
  const now = new Date();
  await addCall(now, '0.1', '0.2', 'acme-today');
  const today = now.toISOString().slice(0, 10);
  expect((await list())[0]).toMatchObject({ day: today, slug: 'acme-today', preliminary: true, difference: '-0.1' });
  expect(await list(organizationId, { slug: 'acme-today' })).toHaveLength(1);
  expect(await list(organizationId, { from: '2026-03-10', to: '2026-03-10' })).toMatchObject([{ day: '2026-03-10' }]);
  const first = await listComparisons(database, organizationId, { limit: 2 });
  const rest = await listComparisons(database, organizationId, { limit: 2, cursor: first.next_cursor ?? '' });
  expect([...first.data, ...rest.data].map(({ day, slug }) => `${day} ${slug}`)).toEqual([
    `${today} acme-today`,
    '2026-03-10 acme-router',
    '2026-03-09 acme-agreed',
    '2026-03-09 acme-router',
  ]);
  expect(rest.next_cursor).toBeNull();
  await expect(listComparisons(database, organizationId, { limit: 2, cursor: 'bm9uZQ' })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
