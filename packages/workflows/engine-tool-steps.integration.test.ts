import type { LlmConfig, TaskDetail, ToolEndpointDetail } from '@pipelines/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';
import { type HostileServer, startHostileServer } from './__fixtures__/start-hostile-server.ts';
import { startMcpServer, type TestMcpServer } from './testing/start-mcp-server.ts';
import { startWeatherService, type WeatherService } from './testing/start-weather-service.ts';

const secret = 'weather-key/0123456789+"';
let stand: EngineStand;
let mcp: TestMcpServer;
let weather: WeatherService;
let hostile: HostileServer;
let server: ToolEndpointDetail;
let service: ToolEndpointDetail;
let model: string;
const signal = () => AbortSignal.timeout(30_000);

beforeAll(async () => {
  [stand, mcp, weather, hostile] = await Promise.all([startEngineStand(), startMcpServer(), startWeatherService(), startHostileServer()]);
  const { principal, tools } = stand;
  server = await tools.createEndpoint(principal, { kind: 'mcp', name: 'Weather', url: mcp.url, auth_kind: 'none' }, signal());
  const { url, documentUrl } = weather;
  service = await tools.createEndpoint(
    principal,
    {
      ...{ kind: 'http', name: 'Stations', url, document_url: documentUrl },
      auth_kind: 'headers',
      credential: { headers: { 'X-Api-Key': secret } },
    },
    signal(),
  );
  model = await stand.addModel('Caller');
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await Promise.all([stand.close(), mcp.close(), weather.close(), hostile.close()]);
});
beforeEach(() => {
  mcp.asked.length = 0;
  weather.seen.length = 0;
  weather.echo = false;
});

/** A call as the fake provider takes it, and as it stands in a chat. */
const callOf = (name: string, args: unknown, id = `call_${name}`) => ({
  id,
  name,
  arguments: typeof args === 'string' ? args : JSON.stringify(args),
});
const inChat = ({ id, ...call }: ReturnType<typeof callOf>) => ({ id, type: 'function', function: call });
const messagesOf = (body: Record<string, unknown> | undefined) => (body?.messages ?? []) as { role: string; content: string }[];
const all = (endpoint: ToolEndpointDetail) => ({ endpoint_id: endpoint.id, tools: null });
const some = (endpoint: ToolEndpointDetail, ...tools: string[]) => ({ endpoint_id: endpoint.id, tools });

interface Ran {
  readonly task: TaskDetail;
  readonly calls: TaskDetail['steps'][number]['tool_calls'];
  /** What the model was sent, in order. */
  readonly sent: Record<string, unknown>[];
}

async function runOne(config: Partial<LlmConfig>): Promise<Ran> {
  const answer = [{ name: 'answer', value: '{{steps.ask.output}}' }];
  const id = await stand.publish(
    graphOf(
      [stepOf('start', 'start'), stepOf('llm', 'ask', { model, ...config }), stepOf('end', 'end', { mapping: answer })],
      'start > ask > end',
    ),
  );
  return runTask(id);
}

async function runTask(workflowId: string): Promise<Ran> {
  const before = stand.upstream.requests.length;
  const batch = await stand.createBatch(workflowId, [{ text: 'How is Paris?' }]);
  await stand.waitForBatch(batch.id, 30_000);
  const [found] = (await stand.workflows.listTasks(stand.principal, workflowId, { limit: 1 })).data;
  const task = await stand.workflows.getTask(stand.principal, found?.id ?? '');
  const calls = task.steps.find((run) => run.step === 'ask')?.tool_calls ?? [];
  return { task, calls, sent: stand.upstream.requests.slice(before).map((request) => request.body as Record<string, unknown>) };
}

describe('the tool loop', () => {
  it('makes the calls of one answer at the same time, and tells the model what they answered', async () => {
    const [paris, rome] = [callOf('get_weather', { city: 'Paris' }), callOf('getWeather', { city: 'Rome', days: 2 })];
    stand.upstream.answerOnce({ toolCalls: [paris, rome] }, { text: 'Sunny both' });
    const { task, calls, sent } = await runOne({ tools: [all(server), some(service, 'getWeather')] });
    expect(task).toMatchObject({ state: 'finished', output: { answer: 'Sunny both' } });
    const offered = sent[0]?.tools as { function: { name: string } }[];
    expect(offered.map((tool) => tool.function.name)).toEqual(['get_weather', 'fail', 'alerts', 'getWeather']);
    expect(offered[0]?.function).toMatchObject({ description: 'The weather of a city', parameters: { required: ['city'] } });
    expect(sent).toHaveLength(2);
    expect(messagesOf(sent[1]).slice(1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [inChat(paris), inChat(rome)] },
      { role: 'tool', tool_call_id: 'call_get_weather', content: 'Sunny in Paris' },
      { role: 'tool', tool_call_id: 'call_getWeather', content: '{"sky":"clear","path":"/v1/weather/Rome?days=2"}' },
    ]);
    expect(mcp.asked).toEqual([{ city: 'Paris' }]);
    expect(weather.seen[0]?.headers).toMatchObject({ 'x-api-key': secret, 'idempotency-key': expect.any(String) });
    expect(calls).toMatchObject([
      {
        round: 1,
        endpoint_name: 'Weather',
        tool: 'get_weather',
        arguments: { city: 'Paris' },
        status: 'succeeded',
        result: 'Sunny in Paris',
      },
      { round: 1, endpoint_name: 'Stations', tool: 'getWeather', arguments: { city: 'Rome', days: 2 }, status: 'succeeded', error: null },
    ]);
    expect(calls.every((call) => call.latency_ms !== null)).toBe(true);
    expect(task.steps.find((run) => run.step === 'ask')?.input).toMatchObject({ tools: sent[0]?.tools });
    expect(mcp.sessionCount()).toBe(0);
  });

  it('sends a model without Tool use none of it', async () => {
    const capabilities = { json_mode: true, vision: true, tool_use: false, reasoning: false };
    const plain = await stand.addModel('Plain', { capabilities });
    const { task, sent } = await runOne({ model: plain, tools: [all(server)] });
    expect(task.state).toBe('finished');
    expect(sent[0]).not.toHaveProperty('tools');
    expect(JSON.stringify(task.steps)).toContain('is not offered for Tool use');
  });

  it('tells the model of a call that fails, that is not there, or makes no sense, and goes on', async () => {
    weather.statuses.push(404);
    stand.upstream.answerOnce(
      {
        toolCalls: [
          callOf('fail', {}),
          callOf('invented', {}),
          callOf('getWeather', '{"city": oops'),
          callOf('getWeather', { city: 'Atlantis' }, 'call_4'),
          callOf('get_weather', {}, 'call_5'),
        ],
      },
      { text: 'I tried' },
    );
    const { task, calls, sent } = await runOne({ tools: [all(server), all(service)] });
    expect(task.state).toBe('finished');
    const told = messagesOf(sent[1])
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => content);
    expect(told.slice(0, 3)).toEqual(['It broke', 'There is no tool "invented".', 'The arguments are not a JSON object.']);
    expect(told[3]).toContain('Status 404');
    expect(told[4]).toContain('Input validation');
    expect(new Set(calls.map((call) => call.status))).toEqual(new Set(['failed']));
    expect(calls).toHaveLength(5);
  });

  it('gives tools of one name a stable prefix', async () => {
    const { principal, tools } = stand;
    const twin = await tools.createEndpoint(principal, { kind: 'mcp', name: 'Second sky', url: mcp.url, auth_kind: 'none' }, signal());
    stand.upstream.answerOnce({ toolCalls: [callOf('second_sky__get_weather', { city: 'Oslo' })] }, { text: 'Cold' });
    const { sent, calls } = await runOne({ tools: [some(server, 'get_weather'), some(twin, 'get_weather', 'alerts')] });
    const offered = sent[0]?.tools as { function: { name: string } }[];
    expect(offered.map((tool) => tool.function.name)).toEqual(['weather__get_weather', 'second_sky__get_weather', 'alerts']);
    expect(calls).toMatchObject([{ endpoint_name: 'Second sky', tool: 'get_weather' }]);
  });

  it('keeps what the model was thinking through the loop, as it came', async () => {
    const details = [{ type: 'reasoning.text', text: 'Look it up', signature: 'sig-1', index: 0 }];
    const message = { role: 'assistant', content: null, reasoning: 'Look it up', reasoning_details: details };
    const call = inChat(callOf('get_weather', { city: 'Paris' }));
    const choices = [
      { index: 0, finish_reason: 'tool_calls', message: { ...message, tool_calls: [{ ...call, extra_content: { kept: 1 } }] } },
    ];
    const usage = { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 };
    const body = { id: 'c1', object: 'chat.completion', created: 1, model: 'm', choices, usage };
    stand.upstream.answerOnce({ status: 200, body }, { text: 'Sunny', reasoning: 'Now I know' });
    const { task, sent } = await runOne({ tools: [some(server, 'get_weather')] });
    expect(messagesOf(sent[1])[1]).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [{ ...call, extra_content: { kept: 1 } }],
      reasoning_details: details,
    });
    expect(task.steps.find((run) => run.step === 'ask')?.thinking).toBe('Look it up\n\nNow I know');
  });

  it('lets the model answer with what it has after the last round', async () => {
    const again = { toolCalls: [callOf('get_weather', { city: 'Paris' })] };
    stand.upstream.answerOnce(again, again, { text: 'Enough' });
    const { task, sent } = await runOne({ tools: [some(server, 'get_weather')], max_tool_rounds: 2 });
    expect(sent.map((body) => body.tool_choice)).toEqual([undefined, undefined, 'none']);
    expect(task).toMatchObject({ state: 'finished', output: { answer: 'Enough' } });
    expect(JSON.stringify(task.steps)).toContain('2 rounds of tools');
    // The same question of another round is another call.
    expect(mcp.asked).toHaveLength(2);
  });

  it('ends a model that calls nevertheless', async () => {
    const again = { toolCalls: [callOf('get_weather', { city: 'Paris' })] };
    stand.upstream.answerOnce(again, again);
    const { task } = await runOne({ tools: [some(server, 'get_weather')], max_tool_rounds: 1 });
    expect(task.error).toMatchObject({ code: 'tool_limit_reached', step: 'ask' });
    expect(mcp.asked).toHaveLength(1);
  });

  it('spends no more than the step allows', async () => {
    stand.upstream.answerOnce({ toolCalls: [callOf('get_weather', { city: 'Paris' })] });
    const { task, sent } = await runOne({ tools: [some(server, 'get_weather')], max_tool_cost: '0.00000001' });
    expect(task.error).toMatchObject({ code: 'tool_limit_reached', message: expect.stringContaining('0.00000001') });
    expect(sent).toHaveLength(1);
    expect(mcp.asked).toEqual([]);
  });

  it('counts what an earlier try of the run has cost', async () => {
    // 15 cents each.
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 };
    const asks = { toolCalls: [callOf('get_weather', { city: 'Paris' })], usage };
    stand.upstream.answerOnce(asks, { text: 'no JSON', usage }, asks);
    const output = { type: 'json_schema', schema: { type: 'object' } } as const;
    const { task, sent } = await runOne({ tools: [some(server, 'get_weather')], max_tool_cost: '0.4', retries: 3, output });
    expect(task.error).toMatchObject({ code: 'tool_limit_reached', message: expect.stringContaining('has cost $0.45') });
    expect(sent).toHaveLength(3);
  });

  it('ends within the time of the step, and says so of the call', async () => {
    const { principal, tools } = stand;
    const slow = await tools.createEndpoint(
      principal,
      {
        kind: 'http',
        name: 'Slow',
        url: hostile.urlOf('silent'),
        document: '{"openapi":"3.0.0","paths":{"/x":{"get":{"operationId":"slow"}}}}',
        auth_kind: 'none',
      },
      signal(),
    );
    stand.upstream.answerOnce({ toolCalls: [callOf('slow', {})] });
    const { task, calls } = await runOne({ tools: [all(slow)], timeout_seconds: 3 });
    expect(task.error).toMatchObject({ code: 'upstream_timeout', step: 'ask' });
    expect(calls).toMatchObject([{ tool: 'slow', status: 'failed', error: 'The step ended before the tool answered.' }]);
  });

  it('tells of a tool that cannot be reached in our words, and cuts a long answer', async () => {
    const { principal, tools } = stand;
    const document = (id: string) => `{"openapi":"3.0.0","paths":{"/":{"get":{"operationId":"${id}"}}}}`;
    const away = await tools.createEndpoint(
      principal,
      { kind: 'http', name: 'Away', url: 'http://127.0.0.1:9', document: document('away'), auth_kind: 'none' },
      signal(),
    );
    stand.upstream.answerOnce({ toolCalls: [callOf('away', {}), callOf('get_weather', { city: 'x'.repeat(90_000) })] }, { text: 'Fine' });
    const { task, calls } = await runOne({ tools: [all(away), some(server, 'get_weather')] });
    expect(task.state).toBe('finished');
    expect(calls[0]).toMatchObject({ status: 'failed', result: null, error: expect.stringContaining('did not accept the connection') });
    expect(calls[1]?.result).toMatch(/x\n\[cut off: 26009 more characters\]$/);
  });

  it('keeps the secret out of what the service says back', async () => {
    weather.echo = true;
    stand.upstream.answerOnce({ toolCalls: [callOf('get_stations', {})] }, { text: 'Done' });
    const { task, sent } = await runOne({ tools: [all(service)] });
    expect(task.state).toBe('finished');
    const everything = JSON.stringify([task, sent]);
    expect(everything).toContain('[secret]');
    for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64').slice(2, -4)]) {
      expect(everything).not.toContain(spelling);
    }
  });

  it('greets a server again that has forgotten the session', async () => {
    stand.upstream.answerOnce(
      { toolCalls: [callOf('get_weather', { city: 'Paris' })] },
      { toolCalls: [callOf('alerts', {})] },
      { text: 'Fine' },
    );
    mcp.forgetSoon();
    const { task, calls } = await runOne({ tools: [all(server)] });
    expect(task.state).toBe('finished');
    expect(calls).toMatchObject([
      { round: 1, tool: 'get_weather' },
      { round: 2, tool: 'alerts', status: 'succeeded', result: 'None\n[image/png that is not text]' },
    ]);
  });
});

describe('a run that begins again', () => {
  it('does not make an answered call twice', async () => {
    const asks = { toolCalls: [callOf('get_weather', { city: 'Paris' })] };
    stand.upstream.answerOnce(asks, { status: 500, body: {} }, asks, { text: 'Sunny' });
    const { task, calls } = await runOne({ tools: [some(server, 'get_weather')], retries: 1 });
    expect(task).toMatchObject({ state: 'finished', output: { answer: 'Sunny' } });
    expect(mcp.asked).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('makes one that was not answered again, under the same key', async () => {
    weather.statuses.push(503);
    const asks = { toolCalls: [callOf('get_stations', {})] };
    stand.upstream.answerOnce(asks, { status: 500, body: {} }, asks, { text: 'Here' });
    const { calls } = await runOne({ tools: [all(service)], retries: 1 });
    expect(weather.seen).toHaveLength(2);
    expect(new Set(weather.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(calls).toMatchObject([{ status: 'succeeded' }]);
  });
});

describe('a tool that is gone', () => {
  const failed = async (workflowId: string) => (await runTask(workflowId)).task.error;

  it('is named with its step, whatever has become of it', async () => {
    const { principal, tools } = stand;
    const own = await startMcpServer();
    const endpoint = await tools.createEndpoint(principal, { kind: 'mcp', name: 'Fleeting', url: own.url, auth_kind: 'none' }, signal());
    const bound = { model, tools: [some(endpoint, 'alerts')] };
    const id = await stand.publish(
      graphOf([stepOf('start', 'start'), stepOf('llm', 'ask', bound), stepOf('end', 'end')], 'start > ask > end'),
    );
    try {
      await tools.updateEndpoint(principal, endpoint.id, { tools: [{ name: 'alerts', enabled: false }] });
      expect(await failed(id)).toMatchObject({
        code: 'tool_unavailable',
        step: 'ask',
        message: expect.stringContaining('The step "ask" needs the tool "alerts" of "Fleeting", which has been switched off.'),
      });
      own.change();
      await tools.refreshEndpoint(principal, endpoint.id, signal());
      expect((await failed(id))?.message).toContain('"alerts" of "Fleeting", which does not exist any more.');
      await tools.updateEndpoint(principal, endpoint.id, { enabled: false });
      expect((await failed(id))?.message).toContain('the tool "alerts" of the tool endpoint "Fleeting", which has been switched off.');
      await tools.deleteEndpoint(principal, endpoint.id, { confirm: true });
      expect((await failed(id))?.message).toContain('the tool "alerts" of the tool endpoint "Fleeting", which has been deleted.');
    } finally {
      await own.close();
    }
  });
});

describe('an HTTP step with a tool endpoint', () => {
  async function call(url: string, method: 'GET' | 'POST' = 'GET') {
    const mapping = [{ name: 'path', value: '{{steps.ask.output.body}}' }];
    const step = stepOf('http', 'ask', { endpoint_id: service.id, url, method, headers: [{ name: 'X-Api-Key', value: 'mine' }] });
    const id = await stand.publish(graphOf([stepOf('start', 'start'), step, stepOf('end', 'end', { mapping })], 'start > ask > end'));
    return (await runTask(id)).task;
  }

  it('goes beneath its address with its secret, which stands nowhere', async () => {
    weather.echo = true;
    const task = await call('/weather/{{input.text}}', 'POST');
    expect(task.state).toBe('finished');
    expect(weather.seen[0]).toMatchObject({ method: 'POST', url: '/v1/weather/How%20is%20Paris%3F', headers: { 'x-api-key': secret } });
    expect(JSON.stringify(task)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it.each(['/../v2/x', '/%2e%2e/x', '@127.0.0.1:9/x', '//127.0.0.1:9/../../x'])('does not lead out of it: %s', async (url) => {
    const task = await call(url);
    expect(weather.seen.every((request) => request.url.startsWith('/v1'))).toBe(true);
    if (task.state === 'failed') expect(task.error).toMatchObject({ code: 'invalid_request', step: 'ask' });
  });
});
