import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { attemptDetailSchema, attemptPageSchema, usageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOrganization, openTestUsage, type TestUsage } from './__fixtures__/open-test-usage.ts';
import { endOf, startOf } from './__fixtures__/sample-calls.ts';
import { endColumns, startColumns, unknownRow } from './attempt-row.ts';
import { shipAttempts } from './ship-attempts.ts';

let test: TestDatabase;
let opened: TestUsage;
let organizationId: string;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  organizationId = await addOrganization(test.database);
  opened = await openTestUsage(test.database);
});
afterEach(() => opened.close());

const first = { group_by: 'model', limit: 50 } as const;
const list = async () => (await opened.usage.listAttempts(organizationId, { limit: 50 })).data;

describe('taking down', () => {
  it('writes one row a call, with everything that is known of it', async () => {
    const { usage } = opened;
    const record = usage.begin(startOf(organizationId, { stream: true }));
    const usageOfCall = {
      promptTokens: 100,
      completionTokens: 50,
      cachedTokens: 20,
      cacheWriteTokens: 0,
      reasoningTokens: 7,
      providerCost: '0.00021',
    };
    expect(record.end(endOf({ usage: usageOfCall }))).toEqual({ cost: '0.0002' });
    await usage.flush();

    const attempt = await usage.getAttempt(organizationId, record.attemptId);
    expect(attemptDetailSchema.parse(attempt)).toEqual(attempt);
    expect(attempt).toMatchObject({
      id: record.attemptId,
      request_id: 'req_1',
      slug: 'acme-llama',
      status: 'succeeded',
      http_status: 200,
      stream: true,
      prompt_tokens: 100,
      completion_tokens: 50,
      cached_tokens: 20,
      reasoning_tokens: 7,
      cost: '0.0002',
      provider_cost: '0.00021',
      input_cost_per_token: '0.000001',
      latency_ms: 120,
      first_byte_ms: 40,
      finish_reason: 'stop',
    });
    const { credential, estimated_cost, content_kept, ...row } = attempt;
    expect([credential, estimated_cost, content_kept]).toEqual([null, null, false]);
    expect(await list()).toEqual([row]);
  });

  it('knows unknown from zero, and keeps no word of a provider that is none', async () => {
    const { usage } = opened;
    const unpriced = usage.begin(startOf(organizationId, { prices: { input: null, output: null, cacheRead: null, cacheWrite: null } }));
    expect(unpriced.end(endOf({ finishReason: 'sk-secret "quoted"\u0000' }))).toEqual({ cost: null });
    await usage.flush();
    expect(await usage.getAttempt(organizationId, unpriced.attemptId)).toMatchObject({
      cost: null,
      prompt_tokens: 100,
      finish_reason: null,
    });
  });

  it('takes down counts that cannot be true as unknown', async () => {
    const { usage } = opened;
    const record = usage.begin(startOf(organizationId));
    const forged = {
      promptTokens: -5,
      completionTokens: 1e308,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
      providerCost: '-1',
    };
    expect(record.end(endOf({ usage: forged }))).toEqual({ cost: null });
    await usage.flush();
    expect(await usage.getAttempt(organizationId, record.attemptId)).toMatchObject({
      prompt_tokens: null,
      completion_tokens: null,
      cost: null,
      provider_cost: null,
    });
  });

  it('ends a call once', () => {
    const record = opened.usage.begin(startOf(organizationId));
    record.end(endOf());
    expect(() => record.end(endOf())).toThrow('only once');
  });

  it('removes files that are settled, and keeps those of calls that are still out', async () => {
    await opened.close();
    opened = await openTestUsage(test.database, 2_000);
    const { usage, journalDir } = opened;
    const open = usage.begin(startOf(organizationId));
    for (let call = 0; call < 40; call += 1) usage.begin(startOf(organizationId)).end(endOf());
    await usage.flush();
    const [folder] = await readdir(journalDir);
    const kept = (await readdir(path.join(journalDir, folder as string))).filter((name) => name.endsWith('.log'));
    expect(kept[0]).toBe('0000000001.log');
    expect(kept.length).toBeLessThan(10);
    open.end(endOf());
    await usage.flush();
    expect(await readdir(path.join(journalDir, folder as string))).not.toContain('0000000001.log');
    expect((await usage.sumUsage(organizationId, first)).total.calls).toBe(41);
    await usage.close();
    expect(await readdir(journalDir)).toEqual([]);
  });
});

describe('shipping', () => {
  const rowOf = (id: string, end: Parameters<typeof endOf>[0] = {}) =>
    `{${startColumns(id, new Date(), startOf(organizationId))},${endColumns(endOf(end), endOf(end).usage, '0.0002')}}`;

  it('writes a row once, however often it is shipped', async () => {
    const row = rowOf(uuidv7());
    expect(await shipAttempts(test.database, [row])).toEqual([]);
    expect(await shipAttempts(test.database, [row.replace('0.0002', '9')])).toEqual([]);
    expect(await list()).toMatchObject([{ cost: '0.0002' }]);
  });

  it('lets only an unknown row give way to what became of the call', async () => {
    const id = uuidv7();
    const start = `{${startColumns(id, new Date(), startOf(organizationId))}}`;
    await shipAttempts(test.database, [unknownRow(start)]);
    expect(await list()).toMatchObject([{ id, status: 'unknown', cost: null, latency_ms: null }]);
    await shipAttempts(test.database, [rowOf(id)]);
    expect(await list()).toMatchObject([{ id, status: 'succeeded', cost: '0.0002' }]);
    await shipAttempts(test.database, [unknownRow(start)]);
    expect(await list()).toMatchObject([{ id, status: 'succeeded' }]);
  });

  it('sets aside what the database can never take, and ships the rest', async () => {
    const { usage, journalDir, events } = opened;
    usage.begin(startOf(organizationId)).end(endOf());
    usage.begin(startOf(uuidv7(), { requestId: 'req_of_nobody' })).end(endOf());
    usage.begin(startOf(organizationId)).end(endOf());
    await usage.flush();
    expect(await list()).toHaveLength(2);
    expect(await readFile(path.join(journalDir, 'rejected.jsonl'), 'utf8')).toContain('req_of_nobody');
    expect(events).toContainEqual(expect.objectContaining({ event: 'task_failed', task: 'usage_row_set_aside' }));
  });
});

describe('the log', () => {
  it('pages through rows of the same moment without gap or repeat', async () => {
    const at = new Date();
    const ids = Array.from({ length: 7 }, () => uuidv7());
    await shipAttempts(
      test.database,
      ids.map((id) => unknownRow(`{${startColumns(id, at, startOf(organizationId))}}`)),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const answer = await opened.usage.listAttempts(organizationId, { limit: 3, ...(cursor !== undefined && { cursor }) });
      expect(attemptPageSchema.parse(answer)).toEqual(answer);
      seen.push(...answer.data.map(({ id }) => id));
      if (answer.next_cursor === null) break;
      cursor = answer.next_cursor;
    }
    expect(seen).toEqual(ids.toSorted().reverse());
  });

  it('filters, and names keys and members', async () => {
    const { usage } = opened;
    const [apiKeyId, memberId] = [uuidv7(), uuidv7()];
    await test.database.db
      .insert(schema.members)
      .values({ organizationId, id: memberId, email: `${memberId}@acme.test`, name: 'Ada', role: 'admin', passwordHash: 'x' });
    await test.database.db
      .insert(schema.apiKeys)
      .values({ organizationId, id: apiKeyId, name: 'Shop', keyHash: Buffer.from(apiKeyId), lastFour: 'beef', role: 'inference' });
    usage.begin(startOf(organizationId, { apiKeyId })).end(endOf());
    usage
      .begin(startOf(organizationId, { memberId, source: 'playground', slug: 'other' }))
      .end(endOf({ status: 'failed', cause: 'bad_key', usage: null }));
    await usage.flush();

    const query = { limit: 50 };
    expect((await usage.listAttempts(organizationId, { ...query, api_key_id: apiKeyId })).data).toMatchObject([
      { api_key: { id: apiKeyId, name: 'Shop', last_four: 'beef' }, member: null },
    ]);
    expect((await usage.listAttempts(organizationId, { ...query, slug: 'other' })).data).toMatchObject([
      { member: { id: memberId, name: 'Ada' }, cause: 'bad_key' },
    ]);
    expect((await usage.listAttempts(organizationId, { ...query, status: 'failed' })).data).toHaveLength(1);
    expect((await usage.listAttempts(organizationId, { ...query, source: 'gateway' })).data).toHaveLength(1);
    expect((await usage.listAttempts(organizationId, { ...query, to: new Date(0).toISOString() })).data).toEqual([]);
    expect((await usage.listAttempts(organizationId, { ...query, from: new Date(0).toISOString() })).data).toHaveLength(2);
    expect((await usage.listAttempts(organizationId, { ...query, api_key_id: 'not-a-uuid' })).data).toEqual([]);
  });

  it.each([
    'x',
    Buffer.from("2026-01-01' OR 1=1 --").toString('base64url'),
    Buffer.from('2026-99-99T00:00:00.000000Z 00000000-0000-0000-0000-000000000000').toString('base64url'),
  ])('refuses the cursor %j', async (cursor) => {
    await expect(opened.usage.listAttempts(organizationId, { limit: 3, cursor })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it("tells nothing of another organization's calls", async () => {
    const stranger = await addOrganization(test.database);
    const record = opened.usage.begin(startOf(organizationId));
    record.end(endOf());
    await opened.usage.flush();
    expect((await opened.usage.listAttempts(stranger, { limit: 50 })).data).toEqual([]);
    expect((await opened.usage.sumUsage(stranger, first)).total.calls).toBe(0);
    await expect(opened.usage.getAttempt(stranger, record.attemptId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(opened.usage.getAttempt(organizationId, "'; drop table attempts")).rejects.toMatchObject({ code: 'not_found' });
  });
});

function modelCalled(organization: string, slug: string, displayName: string): typeof schema.models.$inferInsert {
  const switches = { jsonMode: false, vision: false, toolUse: false, reasoning: false };
  const connection = { provider: 'openai-compatible', authKind: 'none', baseUrl: 'http://127.0.0.1:1/v1', providerModelId: slug };
  return { organizationId: organization, id: uuidv7(), slug, displayName, ...switches, ...connection };
}

/** Durations are counted in buckets: what is read is at most 5 % off. */
const near = (ms: number) => expect.closeTo(ms, -Math.log10(ms / 10));

describe('sums', () => {
  it('adds exactly by model, day and key, and counts what it does not know', async () => {
    const { usage } = opened;
    const apiKeyId = uuidv7();
    await test.database.db
      .insert(schema.apiKeys)
      .values({ organizationId, id: apiKeyId, name: 'Shop', keyHash: Buffer.from(apiKeyId), lastFour: 'beef', role: 'inference' });
    const stranger = await addOrganization(test.database);
    await test.database.db
      .insert(schema.models)
      .values([modelCalled(organizationId, 'a', 'Model A'), modelCalled(stranger, 'b', 'Not ours')]);
    const tiny = { input: '0.1', output: '0.000000000000000001', cacheRead: null, cacheWrite: null };
    for (let call = 0; call < 3; call += 1)
      usage.begin(startOf(organizationId, { slug: 'a', prices: tiny, apiKeyId })).end(endOf({ latencyMs: 100 * (call + 1) }));
    usage.begin(startOf(organizationId, { slug: 'b', prices: { ...tiny, input: null } })).end(endOf());
    usage.begin(startOf(organizationId, { slug: 'b' })).end(endOf({ status: 'failed', usage: null, latencyMs: 9_999 }));
    await usage.flush();

    const byModel = await usage.sumUsage(organizationId, { group_by: 'model' });
    expect(usageSchema.parse(byModel)).toEqual(byModel);
    expect(byModel.data).toEqual([
      {
        key: 'a',
        name: 'Model A',
        calls: 3,
        failed_calls: 0,
        prompt_tokens: 300,
        completion_tokens: 150,
        cost: '30.00000000000000015',
        unknown_cost_calls: 0,
        latency_p50_ms: near(200),
        latency_p95_ms: near(300),
      },
      {
        key: 'b',
        name: null,
        calls: 2,
        failed_calls: 1,
        prompt_tokens: 100,
        completion_tokens: 50,
        cost: '0',
        unknown_cost_calls: 1,
        latency_p50_ms: near(120),
        latency_p95_ms: near(120),
      },
    ]);
    expect(byModel.total).toMatchObject({ calls: 5, failed_calls: 1, cost: '30.00000000000000015', unknown_cost_calls: 1 });

    expect(byModel.left_out).toBe(0);

    const byDay = await usage.sumUsage(organizationId, { group_by: 'day' });
    expect(byDay.data).toMatchObject([{ key: new Date().toISOString().slice(0, 10), calls: 5 }]);
    const byKey = await usage.sumUsage(organizationId, { group_by: 'api_key', slug: 'a' });
    expect(byKey.data).toMatchObject([{ key: apiKeyId, name: 'Shop', calls: 3 }]);
    expect((await usage.sumUsage(organizationId, { group_by: 'day', to: new Date(0).toISOString() })).total).toMatchObject({
      calls: 0,
      cost: '0',
      latency_p50_ms: null,
    });
  });
});

describe('kept sums', () => {
  const dayMs = 24 * 60 * 60 * 1_000;
  const rowAt = (at: Date, start: Parameters<typeof startOf>[1] = {}, end: Parameters<typeof endOf>[0] = {}) =>
    `{${startColumns(uuidv7(), at, startOf(organizationId, start))},${endColumns(endOf(end), endOf(end).usage, end.status === 'failed' ? null : '0.0002')}}`;

  it('are those of the log, whatever the period, with part of a day at either end', async () => {
    const midnight = Math.floor(Date.now() / dayMs) * dayMs;
    const hours = [-50, -47, -25, -23, -13, -1, 0];
    await shipAttempts(
      test.database,
      hours.map((hour) => rowAt(new Date(midnight + hour * 3_600_000), { slug: hour % 2 === 0 ? 'even' : 'odd' })),
    );
    for (const [fromHour, toHour] of [
      [-60, 1],
      [-48, 0],
      [-49, -13],
      [-26, -1],
      [-23, -13],
      [-12, -2],
    ] as const) {
      const period = {
        from: new Date(midnight + fromHour * 3_600_000).toISOString(),
        to: new Date(midnight + toHour * 3_600_000).toISOString(),
      };
      const inside = hours.filter((hour) => hour >= fromHour && hour < toHour);
      const sums = await opened.usage.sumUsage(organizationId, { group_by: 'model', ...period });
      expect(Object.fromEntries(sums.data.map(({ key, calls }) => [key, calls]))).toEqual(countEach(inside));
      expect(sums.total.calls).toBe(inside.length);
      const odd = await opened.usage.sumUsage(organizationId, { group_by: 'day', slug: 'odd', ...period });
      expect(odd.total.calls).toBe(countEach(inside).odd ?? 0);
    }
  });

  it('find the calls of a provider, of a credential and of unknown cost', async () => {
    const credentialId = uuidv7();
    await shipAttempts(test.database, [
      rowAt(new Date(), { provider: 'fireworks', credentialId }),
      rowAt(new Date(), {}, { status: 'failed', usage: null }),
      unknownRow(`{${startColumns(uuidv7(), new Date(), startOf(organizationId, { slug: 'lost' }))}}`),
    ]);
    const find = async (filter: object) => (await opened.usage.listAttempts(organizationId, { limit: 50, ...filter })).data;
    expect(await find({ provider: 'fireworks' })).toHaveLength(1);
    expect(await find({ credential_id: credentialId })).toHaveLength(1);
    expect(await find({ cost: 'unknown' })).toMatchObject([{ slug: 'lost' }]);
  });
});

function countEach(hours: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const hour of hours) {
    const name = hour % 2 === 0 ? 'even' : 'odd';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
