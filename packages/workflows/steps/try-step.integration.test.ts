import type { LlmConfig, ToolEndpointDetail, TryEvent, TryStepBody } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepOf } from '../__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';
import { startMcpServer, type TestMcpServer } from '../testing/start-mcp-server.ts';

let stand: EngineStand;
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand();
  slug = await stand.addModel('Tiny Chat');
});
afterAll(() => stand.close());

async function tryStep(config: Record<string, unknown>, more: Partial<TryStepBody> = {}) {
  const step = stepOf('llm', 'ask', { model: slug, ...config });
  const events: TryEvent[] = [];
  const body = { name: 'ask', config: step.config, input: { text: 'Hi' }, steps: {}, ...more } as TryStepBody;
  await stand.workflows.tryStep(stand.principal, body, (event) => events.push(event), new AbortController().signal);
  return { events, last: events.at(-1), pieces: events.flatMap((event) => (event.type === 'piece' ? [event.text] : [])) };
}

describe('trying a step', () => {
  it('asks as a task would, streams, and tells what it cost, with samples of earlier steps', async () => {
    stand.upstream.answerOnce({ chunks: ['Well ', 'done'], reasoning: 'Hm.' });
    const prompt = { user_prompt: '{{input.text}} {{steps.tone.output.kind}}', system_prompt: 'Be brief.' };
    const { last, pieces, events } = await tryStep(prompt, { steps: { tone: { output: { kind: 'soft' } } } });
    expect(pieces.filter((text) => text !== '')).toEqual(['Well ', 'done']);
    expect(last).toMatchObject({ type: 'finished', output: 'Well done', thinking: 'Hm.' });
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi soft' },
    ];
    expect(last).toMatchObject({ request: { model: slug, messages } });
    expect(stand.upstream.requests.at(-1)?.body).toMatchObject({ messages, stream: true });
    const attempt = events.find((event) => event.type === 'attempt')?.attempt;
    expect(attempt).toMatchObject({ slug, status: 'succeeded' });
    expect(Number(attempt?.cost)).toBeGreaterThan(0);
    expect(last).toMatchObject({ cost: attempt?.cost });
  });

  it('begins anew where an answer does not fit its schema, and tells in our words what did not', async () => {
    const output = { type: 'json_schema', schema: { type: 'object', properties: { label: { enum: ['bug'] } }, required: ['label'] } };
    stand.upstream.answerOnce({ text: '{"label":"no"}' });
    const mended = await tryStep({ output, retries: 1 });
    expect(mended.events.filter((event) => event.type === 'call')).toHaveLength(2);
    expect(mended.last).toMatchObject({ type: 'finished', output: { label: 'bug' } });
    stand.upstream.answerOnce({ text: '{"label":"no"}' });
    expect((await tryStep({ output })).last).toMatchObject({
      type: 'failed',
      error: { code: 'upstream_error', step: 'ask', message: expect.stringContaining('$.label is not one of the values in enum') },
    });
  });

  it('sends an image whole, and does not send it back', async () => {
    const photo = `data:image/png;base64,${'A'.repeat(5_000)}`;
    const { last } = await tryStep({ images: ['photo'] }, { input: { text: 'Hi', photo } });
    expect(JSON.stringify(stand.upstream.requests.at(-1)?.body)).toContain(photo);
    expect(JSON.stringify(last)).not.toContain(photo);
    expect(JSON.stringify(last)).toContain('data:image/png;base64,AAA');
  });

  it('refuses a model that this key may not call', async () => {
    const events: TryEvent[] = [];
    const limited = { ...stand.principal, allowedModels: new Set<string>() };
    const { config } = stepOf('llm', 'ask', { model: slug });
    const body = { name: 'ask', config, input: {}, steps: {} } as TryStepBody;
    await stand.workflows.tryStep(limited, body, (event) => events.push(event), new AbortController().signal);
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'model_not_allowed' } });
  });

  it('is canceled at the provider when the caller leaves', async () => {
    stand.upstream.answerOnce({ chunks: ['Well '], hang: 'stream' });
    const leaving = new AbortController();
    const { config } = stepOf('llm', 'ask', { model: slug });
    const body = { name: 'ask', config, input: {}, steps: {} } as TryStepBody;
    const leave = (event: TryEvent) => event.type === 'piece' && leaving.abort();
    const tried = stand.workflows.tryStep(stand.principal, body, leave, leaving.signal);
    await expect(tried).rejects.toThrow();
    await stand.upstream.waitForAbort(5_000);
  });
});

describe('trying a step with tools', () => {
  const weatherCall = { id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' };
  let mcp: TestMcpServer;
  let server: ToolEndpointDetail;
  beforeAll(async () => {
    mcp = await startMcpServer();
    const endpoint = { kind: 'mcp', name: 'Weather', url: mcp.url, auth_kind: 'none' } as const;
    server = await stand.tools.createEndpoint(stand.principal, endpoint, AbortSignal.timeout(30_000));
  });
  afterAll(() => mcp?.close());

  const tryTools = async (more: Partial<LlmConfig> = {}) =>
    (await tryStep({ user_prompt: 'Paris?', tools: [{ endpoint_id: server.id, tools: null }], ...more })).events;

  it('has a line in the log for each call, where the step is only tried too', async () => {
    stand.events.length = 0;
    stand.upstream.answerOnce({ toolCalls: [weatherCall] }, { text: 'Sunny' });
    expect((await tryTools()).at(-1)).toMatchObject({ type: 'finished', output: 'Sunny' });
    const { organizationId } = stand.principal;
    const line = { event: 'tool_called', organizationId, endpointId: server.id, status: 'succeeded' };
    expect(stand.events.filter(({ event }) => event === 'tool_called')).toMatchObject([line]);
  });

  it('streams each round to whoever tries the step, with each call of a tool as it begins and ends, and the cost', async () => {
    stand.upstream.answerOnce({ chunks: ['Let me ', 'look.'], reasoning: 'Hm.', toolCalls: [weatherCall] }, { chunks: ['Sun', 'ny'] });
    const told = await tryTools();
    const words = told.map((event) => {
      if (event.type === 'call') return `round ${event.round}`;
      if (event.type === 'piece') return event.text || `(${event.thinking})`;
      if (event.type === 'tool_call') return `${event.call.tool} of round ${event.call.round}: ${event.call.status} ${event.call.result}`;
      return event.type === 'attempt' ? event.attempt.status : event.type;
    });
    expect(words).toEqual([
      ...['round 1', '(Hm.)', 'Let me ', 'look.', 'succeeded'],
      ...['get_weather of round 1: running null', 'get_weather of round 1: succeeded Sunny in Paris'],
      ...['round 2', 'Sun', 'ny', 'succeeded', 'finished'],
    ]);
    const [begun, ended] = told.flatMap((event) => (event.type === 'tool_call' ? [event.call] : []));
    expect(begun).toMatchObject({ endpoint_id: server.id, endpoint_name: 'Weather', arguments: { city: 'Paris' }, latency_ms: null });
    expect(ended).toMatchObject({ id: begun?.id, started_at: begun?.started_at, latency_ms: expect.any(Number) });
    const costs = told.flatMap((event) => (event.type === 'attempt' ? [Number(event.attempt.cost)] : []));
    expect(told.at(-1)).toMatchObject({ output: 'Sunny', thinking: 'Hm.' });
    expect(Number((told.at(-1) as { cost?: string }).cost)).toBeCloseTo(
      costs.reduce((sum, cost) => sum + cost, 0),
      12,
    );
    // What the model said with its call goes back to it as a whole answer would.
    const { id, ...called } = weatherCall;
    expect(stand.upstream.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', content: 'Let me look.', tool_calls: [{ id, type: 'function', function: called }] },
        { role: 'tool', content: 'Sunny in Paris' },
      ],
    });
  });

  it('tells whoever tries the step of a call that fails, and begins anew with a retry', async () => {
    const asks = { toolCalls: [{ id: 'call_1', name: 'fail', arguments: '{}' }] };
    stand.upstream.answerOnce(asks, { status: 500, body: {} }, asks, { text: 'I tried' });
    const told = await tryTools({ retries: 1 });
    expect(told.flatMap((event) => (event.type === 'call' ? [event.round] : []))).toEqual([1, 2, 1, 2]);
    const ends = told.flatMap((event) => (event.type === 'tool_call' && event.call.status !== 'running' ? [event.call] : []));
    expect(ends).toMatchObject(Array(2).fill({ status: 'failed', result: 'It broke', error: 'The tool says that it failed.' }));
  });
});
