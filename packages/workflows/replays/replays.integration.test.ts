import { randomUUID } from 'node:crypto';
import { type ChatRequest, type Replay, type ReplayBody, replayContentSchema, replaySchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { chatDialect, dialects } from '@pipelines/gateway';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';
import { createReplays, type Replays } from './create-replays.ts';
import { createReplayKeeper, type ReplayKeeper } from './keep-replays.ts';

const labels = { type: 'object', properties: { label: { enum: ['bug', 'idea'] } }, required: ['label'] };
const asJson = { response_format: { type: 'json_schema', json_schema: { name: 'label', schema: labels } } };
const look = { tools: [{ type: 'function', function: { name: 'look', parameters: {} } }] };
const ask = (content: string, more: object = {}) => ({ messages: [{ role: 'user' as const, content }], ...more });

let stand: EngineStand;
let other: FakeOpenAi;
let replays: Replays;
let keeper: ReplayKeeper;
let from: string;
let to: string;

beforeAll(async () => {
  stand = await startEngineStand();
  other = await startFakeOpenAi({ variant: 'vllm' });
  from = await stand.addModel('old');
  to = await stand.addModel('new', { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' }, other.baseUrl);
  replays = createReplays(stand.replaysContext);
  keeper = newKeeper();
  await stand.registry.updateSettings(stand.principal, { content_retention_days: 30 });
  for (const [request, script] of [
    [ask('one'), {}],
    [ask('which label', asJson), { text: '{"label":"bug"}' }],
    [ask('look at Rome', look), { toolCalls: [{ name: 'look', arguments: '{"city":"Rome"}' }] }],
    [ask('two'), {}],
  ] as const) {
    stand.upstream.answerOnce(script);
    await callOld(request);
  }
  stand.upstream.answerOnce({ status: 400, body: { error: { message: 'no' } } });
  await callOld(ask('refused')).catch(() => undefined);
  await stand.usage.flush();
  await stand.contents.flush();
});
afterEach(() => keeper.stop());
afterAll(async () => {
  await stand?.close();
  await other?.close();
});

const newKeeper = () => createReplayKeeper({ ...stand.replaysContext, log: (event) => void stand.events.push(event) });
const recent: ReplayBody['inputs'] = { kind: 'recent', limit: 100 };
const paste = (...requests: readonly unknown[]): ReplayBody['inputs'] => ({
  kind: 'pasted',
  jsonl: requests.map((request) => JSON.stringify(request)).join('\n'),
});
const create = (inputs: ReplayBody['inputs']) => replays.createReplay(stand.principal, from, { to, inputs });
const get = async (id: string): Promise<Replay> => replaySchema.parse(await replays.getReplay(stand.principal, from, id));
const itemsOf = async (id: string) => (await replays.listReplayItems(stand.principal, from, id)).data;
const itemOf = async (id: string, item: number) => replayContentSchema.parse(await replays.getReplayItem(stand.principal, from, id, item));
const untilEnded = (id: string) => expect.poll(async () => (await get(id)).state, { timeout: 20_000, interval: 50 }).not.toBe('running');

function callOld(request: object) {
  return stand.replaysContext.gateway.completeChatOnce({
    principal: stand.principal,
    body: { ...request, model: from } as ChatRequest,
    requestId: `req_${randomUUID()}`,
    source: 'gateway',
    signal: AbortSignal.timeout(10_000),
  });
}

describe('a replay of recent calls', () => {
  let id: string;

  it('tells before what it would cost, by what the calls have taken', async () => {
    const logged = (await stand.usage.listAttempts(stand.principal.organizationId, { limit: 10, slug: from, status: 'succeeded' })).data;
    const tokens = (name: 'prompt_tokens' | 'completion_tokens') => logged.reduce((sum, row) => sum + (row[name] ?? 0), 0);
    const before = other.requests.length;
    const [prompt, completion] = [tokens('prompt_tokens'), tokens('completion_tokens')];
    const estimate = await replays.estimateReplay(stand.principal, from, { to, inputs: recent });
    expect(estimate).toMatchObject({ inputs: 4, calls: 4, prompt_tokens: prompt, completion_tokens: completion });
    expect(Number(estimate.cost)).toBeCloseTo(prompt * 0.000001 + completion * 0.000002, 12);
    expect(other.requests).toHaveLength(before);
  });

  it('asks the other model each of them once, newest first, and nothing else of it', async () => {
    other.answerOnce({ text: 'You said: two' }, { toolCalls: [{ name: 'look', arguments: '{"city":"Paris"}' }] }, { text: 'bug' });
    const before = other.requests.length;
    ({ id } = await create(recent));
    expect(await get(id)).toMatchObject({ state: 'running', inputs: 4, progress: { ended: 0, total: 4 }, created_by: 'Ada' });
    // One after another, so that each answer meets its question.
    await stand.database.db.execute(sql`update replay_runs set state = 'running', claim = gen_random_uuid(),
      claimed_until = case item when 1 then now() - interval '1 second' else now() + interval '1 hour' end where state = 'pending'`);
    keeper.start();
    for (const item of [2, 3, 4, 5]) {
      await expect.poll(async () => (await get(id)).progress.ended, { timeout: 15_000, interval: 30 }).toBe(item - 1);
      await stand.database.db.execute(sql`update replay_runs set claimed_until = now() - interval '1 second'
        where state = 'running' and item = ${item}`);
    }
    await untilEnded(id);
    const asked = other.requests.slice(before).map(({ body }) => body as ChatRequest);
    expect(asked.map(({ messages }) => messages[0]?.content)).toEqual(['two', 'look at Rome', 'which label', 'one']);
    expect(asked.every(({ model, stream }) => model === 'new' && stream === false)).toBe(true);
    expect([asked[1]?.tools, asked[2]?.response_format]).toEqual([look.tools, asJson.response_format]);
  });

  it('compares JSON, calls of tools and texts, input by input', async () => {
    const items = await itemsOf(id);
    expect(items.map(({ same_text, same_tool_calls }) => [same_text, same_tool_calls])).toEqual([
      [true, null],
      [true, false],
      [false, null],
      [true, null],
    ]);
    expect(items.map(({ baseline, candidate }) => [baseline.fits_schema, candidate.fits_schema])[2]).toEqual([true, false]);
    const content = await itemOf(id, 2);
    expect(content.request).toEqual(ask('look at Rome', look));
    expect(content.baseline_answer?.tool_calls).toEqual([{ name: 'look', arguments: '{"city":"Rome"}' }]);
    expect(content.candidate_answer?.tool_calls).toEqual([{ name: 'look', arguments: '{"city":"Paris"}' }]);
    expect(await get(id)).toMatchObject({
      state: 'finished',
      progress: { ended: 4, total: 4 },
      texts: { compared: 4, same: 3 },
      tool_calls: { compared: 1, same: 0 },
      baseline: { slug: from, ended: 4, failed: 0, json_asked: 1, json_valid: 1, unknown_costs: 0 },
      candidate: { slug: to, ended: 4, failed: 0, json_asked: 1, json_valid: 0, unknown_costs: 0 },
    });
  });

  it('is in the log under its own name, with what it cost', async () => {
    await stand.usage.flush();
    const rows = (await stand.usage.listAttempts(stand.principal.organizationId, { limit: 50, source: 'replay' })).data;
    expect(rows.map(({ slug, member }) => [slug, member?.name])).toEqual(Array(4).fill([to, 'Ada']));
    const { candidate } = await get(id);
    expect(rows.reduce((sum, { cost }) => sum + Number(cost), 0)).toBeCloseTo(Number(candidate.cost), 12);
    // What a replay has asked is no real input.
    expect((await replays.estimateReplay(stand.principal, from, { to, inputs: recent })).inputs).toBe(4);
  });

  it('can be taken away as a table or as JSON', async () => {
    const [head, ...records] = parse((await replays.exportReplay(stand.principal, from, id)).replace('\ufeff', '')) as string[][];
    expect(head).toHaveLength(22);
    expect(records.map((record) => record[head?.indexOf('candidate.text') ?? -1])).toEqual(['You said: two', '', 'bug', 'You said: one']);
    const { data } = await replays.readReplayResults(stand.principal, from, id);
    expect(data[0]).toEqual(await itemOf(id, 1));
  });

  it('writes down who reads contents, and keeps them sealed', async () => {
    const { rows } = await stand.database.db.execute<{ action: string }>(
      sql`select action from audit_log where object_id = ${id} order by at, id`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['replay.created', ...Array(4).fill('replay.read')]);
    const found = await stand.database.db.execute(
      sql`select 1 from replay_items where position('Rome'::bytea in sealed_input) > 0
        union all select 1 from replay_runs where position('Rome'::bytea in sealed_answer) > 0`,
    );
    expect(found.rowCount).toBe(0);
  });

  it('is not there for another organization, nor for another model', async () => {
    const stranger = { ...stand.principal, organizationId: randomUUID() };
    const gone = expect.objectContaining({ code: 'not_found' });
    for (const attempt of [
      () => replays.getReplay(stranger, from, id),
      () => replays.getReplay(stand.principal, to, id),
      () => replays.listReplayItems(stranger, from, id),
      () => replays.getReplayItem(stranger, from, id, 1),
      () => replays.exportReplay(stranger, from, id),
      () => replays.cancelReplay(stranger, from, id),
      () => replays.deleteReplay(stranger, from, id),
      () => replays.getReplayItem(stand.principal, from, id, 99),
    ]) {
      await expect(attempt()).rejects.toEqual(gone);
    }
  });

  it('loses what was said when content logging is switched off, and keeps its numbers', async () => {
    const before = await get(id);
    const pasted = await create(paste(ask('mine')));
    await stand.registry.updateSettings(stand.principal, { content_retention_days: null });
    expect(await itemOf(id, 1)).toMatchObject({ request: null, baseline_answer: null, candidate_answer: null, same_text: true });
    expect(await get(id)).toEqual(before);
    expect((await itemOf(pasted.id, 1)).request).toEqual(ask('mine'));
    await replays.cancelReplay(stand.principal, from, pasted.id);
    await expect(create(recent)).rejects.toMatchObject({ code: 'invalid_request', fields: [{ field: 'inputs' }] });
  });
});

describe('a replay of pasted requests', () => {
  it('asks both models, few at a time, and tells failures apart', async () => {
    const texts = Array.from({ length: 12 }, (_, index) => ask(`number ${index + 1}`));
    const before = [stand.upstream.requests.length, other.requests.length];
    other.answerOnce(...Array(13).fill({ delayMs: 300 }));
    const { id } = await create(paste(...texts, [{ role: 'user', content: 'only messages' }], { messages: [{ role: 'nobody' }] }));
    keeper.start();
    await untilEnded(id);
    const made = [...stand.upstream.requests.slice(before[0]), ...other.requests.slice(before[1])];
    expect(made).toHaveLength(26);
    expect(Math.max(...made.map(({ underWay }) => underWay))).toBeLessThanOrEqual(4);
    expect(await get(id)).toMatchObject({
      progress: { ended: 28, total: 28 },
      baseline: { ended: 14, failed: 1, unknown_costs: 0 },
      candidate: { ended: 14, failed: 1 },
      texts: { compared: 13, same: 13 },
    });
    expect((await itemsOf(id))[13]?.candidate).toMatchObject({ state: 'failed', error_code: 'invalid_request', attempt_id: null });
  });

  it('is refused with the line that is wrong', async () => {
    const refused = async (jsonl: string) => (await refusal(create({ kind: 'pasted', jsonl }))).fields;
    expect(await refused('{"messages":[{"role":"user","content":"a"}]}\n\n{"messages":')).toEqual([
      { field: 'inputs.jsonl', message: 'Line 3 is not valid JSON' },
    ]);
    expect(await refused('{"prompt":"a"}')).toEqual([
      { field: 'inputs.jsonl', message: 'Line 1 is neither a chat request nor a list of messages' },
    ]);
    expect(await refused(' \n')).toEqual([{ field: 'inputs.jsonl', message: 'There is no line with a request' }]);
    const many = Array.from({ length: 101 }, () => JSON.stringify(ask('a'))).join('\n');
    expect(await refused(many)).toEqual([{ field: 'inputs.jsonl', message: 'At most 100 lines, not 101' }]);
    await expect(replays.createReplay(stand.principal, from, { to: 'nobody', inputs: paste(ask('a')) })).rejects.toMatchObject({
      code: 'model_not_found',
    });
    await expect(replays.createReplay(stand.principal, from, { to: from, inputs: paste(ask('a')) })).rejects.toMatchObject({
      fields: [{ field: 'to' }],
    });
  });
});

describe('a replay of calls in other dialects', () => {
  it('asks the other model what they have asked, and compares what was answered', async () => {
    await stand.registry.updateSettings(stand.principal, { content_retention_days: 30 });
    const spoken = await stand.addModel('spoken');
    const say = (path: string, body: object) =>
      stand.gateway.completeChat({
        principal: stand.principal,
        apiKeyId: null,
        memberId: stand.principal.actor.id,
        requestId: `req_${randomUUID()}`,
        source: 'gateway',
        dialect: dialects[path] ?? chatDialect,
        body: Buffer.from(JSON.stringify({ model: spoken, ...body })),
        sink: {
          started: false,
          start: () => undefined,
          write: () => true,
          end: () => undefined,
          onDrain: () => undefined,
          onClose: () => undefined,
        },
      });
    const messages = [{ role: 'user', content: 'How is Rome?' }];
    const tool = { name: 'look', description: 'Looks.', input_schema: { type: 'object', properties: {} } };
    const called = { toolCalls: [{ name: 'look', arguments: '{"city":"Rome"}' }] };
    stand.upstream.answerOnce(called);
    await say('/v1/messages', { max_tokens: 50, system: 'Be brief.', messages, tools: [tool], stream: true });
    stand.upstream.answerOnce({ text: '{"label":"bug"}' });
    const format = { type: 'json_schema', name: 'label', schema: labels };
    await say('/v1/responses', { input: 'Which label?', instructions: 'Label it.', store: false, text: { format } });
    // What was not answered as a whole is no input.
    stand.upstream.answerOnce({ chunks: ['One ', 'two '], breakAfterChunks: 1, chunkDelayMs: 5 });
    await say('/v1/messages', { max_tokens: 50, messages, stream: true });
    await stand.usage.flush();
    await stand.contents.flush();

    const before = other.requests.length;
    other.answerOnce({ text: '{"label":"bug"}' });
    const { id } = await replays.createReplay(stand.principal, spoken, { to, inputs: recent });
    keeper.start();
    const state = async () => (await replays.getReplay(stand.principal, spoken, id)).state;
    await expect.poll(state, { timeout: 20_000, interval: 50 }).toBe('finished');
    const asked = other.requests.slice(before).map(({ body }) => body as ChatRequest);
    const label = { name: 'label', schema: labels };
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual({
      model: 'new',
      stream: false,
      messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
      max_tokens: 50,
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: tool.input_schema } }],
    });
    expect(asked).toContainEqual({
      model: 'new',
      stream: false,
      messages: [
        { role: 'system', content: 'Label it.' },
        { role: 'user', content: 'Which label?' },
      ],
      response_format: { type: 'json_schema', json_schema: label },
    });
    const item = (at: number) => replays.getReplayItem(stand.principal, spoken, id, at);
    expect(await item(1)).toMatchObject({ baseline: { fits_schema: true }, baseline_answer: { text: '{"label":"bug"}', tool_calls: [] } });
    expect(await item(2)).toMatchObject({
      baseline_answer: { text: '', tool_calls: [{ name: 'look', arguments: '{"city":"Rome"}' }] },
      request: { max_tokens: 50 },
    });
  });
});

describe('a replay that is interrupted', () => {
  it('goes on where it was after a stop, under the same idempotency keys', async () => {
    other.answerOnce(...Array(4).fill({ hang: 'headers' }));
    const before = other.requests.length;
    const { id } = await create(paste(...Array.from({ length: 6 }, (_, index) => ask(`again ${index}`))));
    keeper.start();
    await expect.poll(() => other.requests.length - before, { timeout: 15_000 }).toBeGreaterThanOrEqual(4);
    await keeper.stop();
    expect((await get(id)).state).toBe('running');
    keeper = newKeeper();
    keeper.start();
    await untilEnded(id);
    expect(await get(id)).toMatchObject({ state: 'finished', baseline: { failed: 0 }, candidate: { ended: 6, failed: 0 } });
    const keys = other.requests.slice(before).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(10);
    expect(new Set(keys).size).toBe(6);
  });

  it('ends when it is canceled, at the provider too', async () => {
    other.answerOnce(...Array(4).fill({ hang: 'headers' }));
    const { id } = await create(paste(...Array.from({ length: 6 }, (_, index) => ask(`never ${index}`))));
    const before = other.requests.length;
    keeper.start();
    await expect.poll(() => other.requests.length - before, { timeout: 15_000 }).toBeGreaterThan(0);
    const hungUp = other.waitForAbort(15_000);
    expect((await replays.cancelReplay(stand.principal, from, id)).state).toBe('canceled');
    await hungUp;
    await expect.poll(async () => (await get(id)).progress, { timeout: 15_000 }).toEqual({ ended: 12, total: 12 });
    await expect(replays.cancelReplay(stand.principal, from, id)).rejects.toMatchObject({ code: 'conflict' });
    await replays.deleteReplay(stand.principal, from, id);
    expect(await stand.database.db.$count(schema.replayRuns, sql`replay_id = ${id}`)).toBe(0);
    expect((await replays.listReplays(stand.principal, from)).data.map((each) => each.id)).not.toContain(id);
  });
});
