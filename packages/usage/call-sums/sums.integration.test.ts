import { bucketsPerDoubling, percentileOf, type Usage } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { and, eq, gte, lt } from 'drizzle-orm';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganization } from '../__fixtures__/open-test-usage.ts';
import { endOf, startOf } from '../__fixtures__/sample-calls.ts';
import { endColumns, startColumns, unknownRow } from '../attempt-row.ts';
import { shipAttempts } from '../ship-attempts.ts';
import { sumUsage } from '../sum-usage.ts';
import { dropOldQuarters } from './drop-old-quarters.ts';
import { recountCalls } from './recount-calls.ts';

const { attempts } = schema;
type LoggedCall = typeof attempts.$inferSelect;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weeks = 6;
const endsMs = Math.ceil(Date.now() / dayMs) * dayMs;
const beganMs = endsMs - weeks * 7 * dayMs;
const slugs = ['one', 'two', 'three', null];
const keys = [uuidv7(), uuidv7(), null];

let test: TestDatabase;
let organizationId: string;

/** Calls of six weeks, shipped in parts, some twice, some before it was known what became of them. */
beforeAll(async () => {
  test = await createTestDatabase();
  organizationId = await addOrganization(test.database);
  const calls = fc.sample(call, { numRuns: 600, seed: 7 });
  const rows = calls.map(({ atMs, slug, apiKeyId, source, status, cost, latencyMs }) => {
    const usage = status === 'succeeded' ? endOf().usage : null;
    const end = endOf({ status, usage, latencyMs, firstByteMs: null });
    const start = startColumns(uuidv7(), new Date(atMs), startOf(organizationId, { slug, apiKeyId, source }));
    return { start: `{${start}}`, ended: `{${start},${endColumns(end, usage, cost)}}` };
  });
  for (let first = 0; first < rows.length; first += 50) {
    const part = rows.slice(first, first + 50);
    const lost = part.filter((_, index) => index % 7 === 0);
    await shipAttempts(
      test.database,
      lost.map(({ start }) => unknownRow(start)),
    );
    // Of one in fourteen nothing more is ever known.
    const known = part.filter((_, index) => index % 14 !== 0).map(({ ended }) => ended);
    await shipAttempts(test.database, known);
    await shipAttempts(test.database, known.slice(0, 10));
  }
});
afterAll(() => test?.close());

const call = fc.record({
  // Often at the edge of a day or of a week.
  atMs: fc.oneof(
    fc.integer({ min: beganMs, max: endsMs - 1 }),
    fc.integer({ min: 1, max: weeks * 7 - 1 }).map((day) => beganMs + day * dayMs),
    fc.integer({ min: 1, max: weeks * 7 }).map((day) => beganMs + day * dayMs - 1),
  ),
  slug: fc.constantFrom(...slugs),
  apiKeyId: fc.constantFrom(...keys),
  source: fc.constantFrom('gateway' as const, 'workflow' as const, 'probe' as const),
  status: fc.constantFrom('succeeded' as const, 'succeeded' as const, 'failed' as const, 'incomplete' as const),
  cost: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 10 ** 9 }).map((units) => (units / 10 ** 9).toFixed(18)),
  ),
  latencyMs: fc.integer({ min: 1, max: 100_000 }),
});

const moment = fc.option(
  fc.oneof(
    fc.integer({ min: -1, max: weeks * 7 + 1 }).map((day) => beganMs + day * dayMs),
    fc.integer({ min: beganMs - hourMs, max: endsMs + hourMs }),
  ),
  { nil: undefined },
);
const query = fc.record({
  group_by: fc.constantFrom('day' as const, 'model' as const, 'api_key' as const),
  slug: fc.constantFrom(undefined, undefined, 'one', 'two', 'nobody'),
  fromMs: moment,
  toMs: moment,
});

/** The log of a period, added up one call after the other. */
async function addUp({ group_by, slug, fromMs, toMs }: typeof query extends fc.Arbitrary<infer Query> ? Query : never) {
  const logged = await test.database.db
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.organizationId, organizationId),
        slug === undefined ? undefined : eq(attempts.slug, slug),
        fromMs === undefined ? undefined : gte(attempts.startedAt, new Date(fromMs)),
        toMs === undefined ? undefined : lt(attempts.startedAt, new Date(toMs)),
      ),
    );
  const groups = new Map<string, LoggedCall[]>();
  for (const row of logged) {
    const day = row.startedAt.toISOString().slice(0, 10);
    const key = group_by === 'day' ? day : ((group_by === 'model' ? row.slug : row.apiKeyId) ?? '');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return { total: sumOf(logged), groups: Object.fromEntries([...groups].map(([key, rows]) => [key, sumOf(rows)])) };
}

const units = (cost: string) =>
  BigInt(cost.includes('.') ? cost.replace('.', '') + '0'.repeat(18 - (cost.split('.')[1]?.length ?? 0)) : `${cost}${'0'.repeat(18)}`);

function sumOf(rows: readonly LoggedCall[]) {
  const latencies = new Map<number, number>();
  for (const { status, latencyMs } of rows) {
    if (status !== 'succeeded' || latencyMs === null) continue;
    const bucket = Math.floor(bucketsPerDoubling * Math.log2(latencyMs) + 1e-9);
    latencies.set(bucket, (latencies.get(bucket) ?? 0) + 1);
  }
  return {
    calls: rows.length,
    failed_calls: rows.filter(({ status }) => status === 'failed' || status === 'incomplete').length,
    prompt_tokens: rows.reduce((sum, row) => sum + (row.promptTokens ?? 0), 0),
    completion_tokens: rows.reduce((sum, row) => sum + (row.completionTokens ?? 0), 0),
    cost: rows.reduce((sum, row) => sum + units(row.cost ?? '0'), 0n),
    unknown_cost_calls: rows.filter(({ cost, status }) => cost === null && status !== 'failed').length,
    latency_p50_ms: percentileOf(latencies, 0.5),
    latency_p95_ms: percentileOf(latencies, 0.95),
  };
}

function toSum(row: Usage['total']) {
  const { calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, latency_p50_ms, latency_p95_ms } = row;
  return { calls, failed_calls, prompt_tokens, completion_tokens, cost: units(cost), unknown_cost_calls, latency_p50_ms, latency_p95_ms };
}

async function expectSumsOfLog(runs: number): Promise<void> {
  const property = fc.asyncProperty(query, async ({ fromMs, toMs, ...rest }) => {
    const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
    const usage = await sumUsage(test.database, organizationId, { ...rest, from: iso(fromMs), to: iso(toMs) });
    const expected = await addUp({ ...rest, fromMs, toMs });
    expect(Object.fromEntries(usage.data.map((row) => [row.key, toSum(row)]))).toEqual(expected.groups);
    expect(toSum(usage.total)).toEqual(expected.total);
    const costs = usage.data.map(({ cost }) => units(cost));
    if (rest.group_by !== 'day') expect(costs).toEqual(costs.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    else expect(usage.data.map(({ key }) => key)).toEqual(usage.data.map(({ key }) => key).toSorted());
  });
  await fc.assert(property, { numRuns: runs });
}

describe('kept sums', () => {
  it('are those of the log, however they are grouped, over whatever period', () => expectSumsOfLog(100), 60_000);

  it('are the same once the log has been counted again', async () => {
    await recountCalls(test.database);
    await expectSumsOfLog(30);
  });
});

it('counts a call once, however often it is shipped, and what became of an unknown one', async () => {
  const own = await addOrganization(test.database);
  const start = startColumns(uuidv7(), new Date(), startOf(own));
  const ended = `{${start},${endColumns(endOf(), endOf().usage, '0.0002')}}`;
  const total = async () => (await sumUsage(test.database, own, { group_by: 'model' })).total;
  await shipAttempts(test.database, [unknownRow(`{${start}}`)]);
  expect(await total()).toMatchObject({ calls: 1, unknown_cost_calls: 1, cost: '0' });
  for (const row of [ended, ended, unknownRow(`{${start}}`)]) await shipAttempts(test.database, [row]);
  expect(await total()).toMatchObject({ calls: 1, unknown_cost_calls: 0, cost: '0.0002', completion_tokens: 50 });
});

it('forgets quarters after two days, and keeps days', async () => {
  const own = await addOrganization(test.database);
  const rows = [new Date(Date.now() - 3 * dayMs), new Date()].map(
    (at) => `{${startColumns(uuidv7(), at, startOf(own))},${endColumns(endOf(), endOf().usage, '0.0002')}}`,
  );
  await shipAttempts(test.database, rows);
  await dropOldQuarters(test.database);
  const { rows: kept } = await test.database.pool.query<{ grain: string }>(
    `select grain from call_sums where organization_id = $1 and subject = 'model' and grain <> 'week' order by grain`,
    [own],
  );
  expect(kept.map(({ grain }) => grain)).toEqual(['day', 'day', 'quarter']);
});
