import { modelHealthReportSchema, modelHealthWords, modelListQuerySchema, replicasSchema } from '@pipelines/contracts';
import { announceChange, schema, timeOrderedId } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

let setup: TestRegistry;
const organizationId = () => setup.admin.organizationId;

beforeAll(async () => {
  setup = await startTestRegistry();
  for (const slug of ['busy', 'broken', 'once-good', 'quiet']) await addModel(slug);
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await addQuarter('busy', minutesAgo(1), {
    judgedCalls: 100,
    judgedFailedCalls: 10,
    latencies: { 72: 80, 80: 10 },
    firstBytes: { 40: 90 },
  });
  await addQuarter('busy', minutesAgo(600), { judgedCalls: 1_000, latencies: { 40: 1_000 } });
  await addQuarter('broken', minutesAgo(20), { judgedCalls: 3, judgedFailedCalls: 3 });
  await addQuarter('once-good', minutesAgo(700), { judgedCalls: 4, generatedTokens: 300, generationMs: 2_000 });
  await addQuarter('quiet', minutesAgo(1_500), { judgedCalls: 50, judgedFailedCalls: 50 });
  await addQuarter('google/gemini-3-flash-preview', minutesAgo(30), { judgedCalls: 20 });
});
afterAll(() => setup?.close());

async function addModel(slug: string): Promise<void> {
  const switches = { jsonMode: false, vision: false, toolUse: false, reasoning: false };
  const destination = { provider: 'openai-compatible', authKind: 'none', baseUrl: 'http://127.0.0.1:9/v1' };
  await setup.database.db.insert(schema.models).values({
    organizationId: organizationId(),
    id: timeOrderedId(),
    slug,
    displayName: slug,
    providerModelId: 'x',
    ...switches,
    ...destination,
  });
}

async function addQuarter(key: string, startsAt: Date, sums: Partial<typeof schema.callSums.$inferInsert>): Promise<void> {
  await setup.database.db
    .insert(schema.callSums)
    .values({ organizationId: organizationId(), grain: 'quarter', subject: 'model', key, startsAt, ...sums });
}

const list = async (query: Record<string, unknown>, principal = setup.admin) =>
  (await setup.registry.listModels(principal.organizationId, modelListQuerySchema.parse(query))).data;

describe('health', () => {
  it('is a word on every model: of the last hour, or of the last day where that was quiet', async () => {
    const models = await list({ kind: 'custom' });
    expect(Object.fromEntries(models.map(({ slug, health }) => [slug, [health.word, health.window_minutes]]))).toEqual({
      busy: ['degraded', 60],
      broken: ['failing', 1_440],
      'once-good': ['healthy', 1_440],
      quiet: ['no_recent_calls', null],
    });
    expect((await setup.registry.getModel(organizationId(), 'busy')).health).toMatchObject({ calls: 100, success_rate: 0.9 });
  });

  it('filters by the word, platform models too, and belongs to its organization', async () => {
    const slugs = async (health: string, more = {}) => (await list({ health, ...more })).map(({ slug }) => slug);
    expect(await slugs('healthy')).toEqual(['google/gemini-3-flash-preview', 'once-good']);
    expect(await slugs('degraded')).toEqual(['busy']);
    expect(await slugs('failing', { provider: 'openai-compatible' })).toEqual(['broken']);
    expect(await slugs('failing', { provider: 'fireworks' })).toEqual([]);
    expect(await slugs('no_recent_calls', { kind: 'custom' })).toEqual(['quiet']);
    expect(await slugs('no_recent_calls', { kind: 'platform' })).toHaveLength(8);
    expect((await list({ health: 'healthy' }, setup.stranger)).length).toBe(0);
  });

  it('filters by just the word that it tells, at the edges too', async () => {
    const counts = [0, 1, 2, 9, 10, 19, 20, 21, 100];
    const cases = counts.flatMap((calls) =>
      [0, 1, calls / 20, calls / 2, calls / 2 + 1, calls].map((failed) => [calls, Math.floor(failed)]),
    );
    for (const [index, [judgedCalls = 0, failed = 0]] of cases.entries()) {
      const slug = `edge-${index}`;
      await addModel(slug);
      await addQuarter(slug, new Date(Date.now() - 60_000), { judgedCalls, judgedFailedCalls: Math.min(failed, judgedCalls) });
      // In its day most calls of every other one have failed.
      if (index % 2 === 0) await addQuarter(slug, new Date(Date.now() - 10 * 3_600_000), { judgedCalls: 30, judgedFailedCalls: 29 });
    }
    const all = await list({ limit: 200 });
    for (const word of modelHealthWords) {
      const expected = all.filter(({ health }) => health.word === word);
      expect(expected.length, word).toBeGreaterThan(0);
      expect((await list({ health: word, limit: 200 })).map(({ slug }) => slug)).toEqual(expected.map(({ slug }) => slug));
    }
  });

  it('reports latency, first byte and pace, with the last day in quarters', async () => {
    const report = modelHealthReportSchema.parse(await setup.registry.getModelHealth(organizationId(), 'busy'));
    expect(report).toMatchObject({
      word: 'degraded',
      latency_p50_ms: 535,
      latency_p95_ms: 1_069,
      first_byte_p50_ms: 33,
      tokens_per_second: null,
    });
    expect(report.slices.map(({ calls, failed_calls }) => [calls, failed_calls])).toEqual([
      [1_000, 0],
      [100, 10],
    ]);
    expect(await setup.registry.getModelHealth(organizationId(), 'once-good')).toMatchObject({
      tokens_per_second: 150,
      latency_p50_ms: null,
    });
    await expect(setup.registry.getModelHealth(organizationId(), 'nobody')).rejects.toMatchObject({ code: 'model_not_found' });
  });
});

describe('replicas', () => {
  it('follow each change, and one that is gone falls out', async () => {
    const read = async () => replicasSchema.parse(await setup.registry.listReplicas());
    const second = await setup.startReplica();
    expect(await read()).toMatchObject({ live: 2, total: 2 });

    const { db } = setup.database;
    await db.transaction((tx) => announceChange(tx, { topic: 'models', organizationId: organizationId() }));
    await vi.waitFor(async () => expect(await read()).toMatchObject({ live: 2, total: 2 }), { timeout: 10_000, interval: 50 });
    await db.transaction((tx) => announceChange(tx, { topic: 'api_keys', organizationId: organizationId() }));
    await vi.waitFor(async () => expect(await read()).toMatchObject({ live: 2, total: 2 }), { timeout: 10_000, interval: 50 });

    // One that does not follow, and one that nobody has heard of for a while.
    await db.insert(schema.replicas).values([
      { id: timeOrderedId(), generation: 0 },
      { id: timeOrderedId(), generation: 1_000, seenAt: sql`now() - interval '16 seconds'` },
    ]);
    expect(await read()).toMatchObject({ live: 2, total: 3 });
    await second.stop();
    expect(await read()).toMatchObject({ live: 1, total: 2 });
  });
});
