import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Budget, CallLimit, CreatedWebhook, WebhookDelivery, WebhookMessage } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerModel } from './faults/testing/register-model.ts';
import { waitUntil } from './faults/testing/wait-until.ts';
import { describeKeptAnswers } from './limits/testing/kept-answers-suite.ts';
import { type ApiClient, type ApiResponse, createApiClient, startServer, type TestServer } from './testing/index.ts';

/** Two processes on one database: what holds, holds over both. Each call costs a cent: ten tokens of a tenth. */
let database: TestDatabase;
let upstream: FakeOpenAi;
let servers: [TestServer, TestServer];
let admin: ApiClient;
let slug: string;

const tenTokens = { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 };

beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await startFakeOpenAi({ variant: 'vllm', answer: { usage: tenTokens, delayMs: 5 } });
  const environment = {
    DATABASE_URL: database.url,
    // The engine of tasks is one of a process.
    ROLES: 'gateway,api',
    ENCRYPTION_KEYS: JSON.stringify([{ kid: 'k1', key: randomBytes(32).toString('base64') }]),
  };
  const first = await startServer({ environment });
  servers = [first, await startServer({ environment, bootstrap: false })];
  admin = createApiClient(first.url, first.admin.apiKey);
  slug = await addModel('Cent', { input_cost_per_token: '0', output_cost_per_token: '0.001' });
});

afterAll(async () => {
  await Promise.all(servers?.map((server) => server.stop()) ?? []);
  await upstream?.close();
  await database?.close();
});

function addModel(name: string, prices: { readonly input_cost_per_token?: string; readonly output_cost_per_token?: string } = {}) {
  const connection = { provider: 'openai-compatible', auth_kind: 'none', base_url: upstream.baseUrl, provider_model_id: 'llama' };
  return registerModel(admin, connection, { display_name: name, ...prices });
}

/** A program with a key of its own, at each of the two processes. */
async function addProgram(by: ApiClient = admin): Promise<{ readonly id: string; readonly at: readonly [ApiClient, ApiClient] }> {
  const created = (await by.call('POST', '/api/api-keys', { body: { name: 'Triage', role: 'inference' } })).json<{
    id: string;
    key: string;
  }>();
  const at = [createApiClient(servers[0].url, created.key), createApiClient(servers[1].url, created.key)] as const;
  await waitUntil('key at the other process', async () => (await at[1].call('GET', '/v1/models')).status === 200);
  return { id: created.id, at };
}

/** The admin in person. */
async function signIn(): Promise<{ readonly person: ApiClient; readonly memberId: string }> {
  const person = createApiClient(servers[0].url);
  const { email, password } = servers[0].admin;
  expect((await person.call('POST', '/api/session', { body: { email, password } })).status).toBe(201);
  const { member } = (await person.call('GET', '/api/session')).json<{ member: { id: string } }>();
  return { person, memberId: member.id };
}

const chat = (client: ApiClient, more: object = {}): Promise<ApiResponse> =>
  client.call('POST', '/v1/chat/completions', {
    body: { model: slug, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10, ...more },
  });

/** A budget that both processes know: each refuses what no budget here has room for. */
async function setBudget(body: object, at: readonly ApiClient[]): Promise<Budget> {
  const created = await admin.call('POST', '/api/budgets', { body });
  expect(created.status, created.text).toBe(201);
  for (const client of at)
    await waitUntil('budget at the process', async () => (await chat(client, { max_tokens: 1_000_000 })).status === 402);
  return created.json<Budget>();
}

async function setLimit(body: object): Promise<void> {
  expect((await admin.call('PATCH', '/api/call-limits', { body })).status).toBe(200);
}

async function readBudget(id: string): Promise<Budget> {
  const page = (await admin.call('GET', '/api/budgets?limit=200')).json<{ data: Budget[] }>();
  return page.data.find((budget) => budget.id === id) as Budget;
}

/** Many calls, so many at a time, alternately at both processes. */
async function hammer(at: readonly ApiClient[], calls: number, atOnce: number, more: object = {}): Promise<ApiResponse[]> {
  const answers: ApiResponse[] = [];
  let begun = 0;
  const work = async () => {
    while (begun < calls) {
      begun += 1;
      answers.push(await chat(at[begun % at.length] as ApiClient, more));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

const good = (answers: readonly ApiResponse[]) => answers.filter(({ status }) => status === 200).length;

/** Calls until so many have been let through, and some more. What one process holds without need, it gives back when the other asks. */
async function useUp(at: readonly ApiClient[], calls: number): Promise<number> {
  let passed = good(await hammer(at, calls + 4, 1));
  await waitUntil('last cent', async () => {
    if (passed < calls) passed += good(await hammer(at, 1, 1));
    return passed >= calls;
  });
  return passed + good(await hammer(at, 4, 1));
}

describe('a budget over two processes', () => {
  it('is used up to the cent and never exceeded, however many call at once', async () => {
    const { id, at } = await addProgram();
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'total', amount: '0.60' }, at);
    const answers = await hammer(at, 120, 24);
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused?.status).toBe(402);
    expect(refused?.code).toBe('budget_exceeded');
    expect(refused?.text).toMatch(
      /API key \\"Triage\\" may spend \$0\.6 in all: \$0(\.0\d*)? is left, and this call may cost \$0\.01\..*raise the budget under API keys/,
    );
    let spent = good(answers);
    // What one process has held without need, it gives back when the other asks.
    await waitUntil('last cent', async () => {
      if (spent < 60 && (await chat(at[0])).status === 200) spent += 1;
      return spent >= 60;
    });
    expect(spent).toBe(60);
    expect(good(await hammer(at, 4, 1))).toBe(0);
    await waitUntil('settled budget', async () => (await readBudget(budget.id)).spent === '0.6');
    expect(await readBudget(budget.id)).toMatchObject({ held: '0', uncounted_calls: 0, subject_name: 'Triage' });
    await admin.call('DELETE', `/api/budgets/${budget.id}`);
    await waitUntil('call that is let through', async () => (await chat(at[1])).status === 200);
  });

  it('lets calls through again as soon as it is raised', async () => {
    const { id, at } = await addProgram();
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'total', amount: '0.01' }, at);
    expect((await chat(at[0])).status).toBe(200);
    expect((await chat(at[0])).status).toBe(402);
    expect((await admin.call('PATCH', `/api/budgets/${budget.id}`, { body: { amount: '1' } })).status).toBe(200);
    expect((await chat(at[0])).status).toBe(200);
  });

  it('is exceeded by no more than running calls cost above what they were taken for', async () => {
    const { id, at } = await addProgram();
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'day', amount: '0.05' }, at);
    // Each is taken for a tenth of a cent, and costs a whole one.
    const atOnce = 8;
    const answers = await hammer(at, 80, atOnce, { max_tokens: 1 });
    expect(good(answers)).toBeLessThan(80);
    expect(good(answers) * 0.01).toBeLessThanOrEqual(0.05 + atOnce * 0.009 + 1e-9);
    await waitUntil('settled budget', async () => Number((await readBudget(budget.id)).spent) === good(answers) / 100);
  });

  it('counts what a member does in person and with their keys, and begins with what the log has', async () => {
    const { person, memberId } = await signIn();
    const { id, at } = await addProgram(person);
    expect((await chat(at[0])).status).toBe(200);
    const others = (await admin.call('GET', '/api/budgets')).json<{ data: Budget[] }>().data.length;
    await waitUntil('logged call', async () => {
      const logged = await admin.call('GET', `/api/attempts?api_key_id=${id}`);
      return logged.json<{ data: unknown[] }>().data.length === 1;
    });
    const budget = await setBudget({ subject_type: 'member', subject_id: memberId, period: 'month', amount: '0.04' }, at);
    expect(others).toBeGreaterThan(0);
    expect(budget.spent).toBe('0.01');
    const playground = await person.call('POST', '/api/playground/chat/completions', {
      body: { model: slug, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10 },
    });
    expect(playground.status).toBe(200);
    expect(await useUp(at, 2)).toBe(2);
    const refused = await person.call('POST', '/api/playground/chat/completions', {
      body: { model: slug, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10 },
    });
    expect([refused.status, refused.code]).toEqual([402, 'budget_exceeded']);
    await admin.call('DELETE', `/api/budgets/${budget.id}`);
  });

  it('counts each attempt that was out and has no answer as what it was taken for, and none that never went out', async () => {
    // At one process only: the other one holds nothing that would have to be asked for.
    const { id, at } = await addProgram();
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'total', amount: '0.045' }, at.slice(0, 1));
    const dear = { input_cost_per_token: '0', output_cost_per_token: '0.001' };
    const down = await addModel('Down', dear);
    const routing = { first_byte_ms: 1_500, max_retries: 0, fallbacks: [down] };
    const silent = await addModel('Silent', dear);
    expect((await admin.call('PATCH', `/api/models/${silent}/routing`, { body: routing })).status).toBe(200);
    const spends = async (spent: string) => {
      await waitUntil(`${spent} spent`, async () => (await readBudget(budget.id)).spent === spent);
      expect(await readBudget(budget.id)).toMatchObject({ uncounted_calls: 0 });
    };
    // The first has no answer in time, the second refuses, and the caller of the third goes before it has one.
    upstream.answerOnce({ hang: 'headers' }, { status: 500, body: '{}' });
    expect((await chat(at[0], { model: silent })).status).toBe(504);
    await spends('0.01');
    const rows = (await admin.call('GET', `/api/attempts?slug=${silent}&status=incomplete`)).json<{ data: { id: string }[] }>().data;
    const told = (await admin.call('GET', `/api/attempts/${rows[0]?.id}`)).json();
    expect(told).toMatchObject({ cause: 'timed_out', cost: null, estimated_cost: '0.01' });
    upstream.answerOnce({ hang: 'headers' }, { usage: tenTokens });
    expect((await chat(at[0], { model: silent, stream: true })).status).toBe(200);
    await spends('0.03');
    const asked = upstream.requests.length;
    upstream.answerOnce({ hang: 'headers' });
    const gone = new AbortController();
    const body = { model: slug, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10 };
    const left = at[0].call('POST', '/v1/chat/completions', { body, signal: gone.signal }).catch(() => 'gone');
    await waitUntil('call that is out', () => upstream.requests.length > asked);
    gone.abort();
    expect(await left).toBe('gone');
    await spends('0.04');
    // With half a cent left nothing of a cent may go out.
    expect((await chat(at[0])).status).toBe(402);
  });

  it('lets models of unknown price through and says so, or refuses them', async () => {
    const { id, at } = await addProgram();
    const unpriced = await addModel('Unpriced');
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'total', amount: '1' }, at);
    await waitUntil('model at the other process', async () => (await chat(at[1], { model: unpriced })).status === 200);
    await waitUntil('uncounted call', async () => (await readBudget(budget.id)).uncounted_calls >= 1);
    await admin.call('PATCH', `/api/budgets/${budget.id}`, { body: { refuse_unknown_prices: true } });
    const refused = await waitUntil('refusal at the other process', async () => {
      const answer = await chat(at[1], { model: unpriced });
      return answer.status !== 200 && answer;
    });
    expect([refused.status, refused.code]).toEqual([402, 'price_unknown']);
    expect((await chat(at[1])).status).toBe(200);
  });
});

it('a model that stands in and has no calls left makes room for the next one', async () => {
  const { at } = await addProgram();
  const used = await addModel('Used up');
  const free = await addModel('Free');
  // What is out stays so, whatever the clock says.
  await setLimit({ subject_type: 'model', subject_id: used, concurrent_calls: 1 });
  const body = { messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10 };
  let release: () => void = () => undefined;
  upstream.answerOnce({ after: new Promise<void>((resolve) => (release = resolve)) });
  const before = upstream.requests.length;
  const out = at[0].call('POST', '/v1/chat/completions', { body: { ...body, model: used } });
  await waitUntil('call that is out', () => upstream.requests.length > before);

  const askDown = async (fallbacks: string) => {
    const down = await addModel('Down');
    upstream.answerOnce(...Array.from({ length: 3 }, () => ({ status: 503 })));
    return at[0].call('POST', '/v1/chat/completions', { body: { ...body, model: down }, headers: { 'x-pipelines-fallback': fallbacks } });
  };
  const answer = await askDown(`${used}, ${free}`);
  expect([answer.status, answer.headers.get('x-pipelines-model')]).toEqual([200, free]);
  // With nobody left, the caller is told of the model that they asked for.
  const refused = await askDown(used);
  expect([refused.status, refused.code]).toEqual([502, 'upstream_error']);
  release();
  expect((await out).status).toBe(200);
  await setLimit({ subject_type: 'model', subject_id: used, concurrent_calls: null });
});

describe('call limits', () => {
  it('are counted over two processes, and tell how long to wait', async () => {
    const { id, at } = await addProgram();
    await setLimit({ subject_type: 'api_key', subject_id: id, requests_per_minute: 20 });
    const begun = await hammer([at[0]], 18, 3);
    expect(good(begun)).toBe(18);
    expect(begun[0]?.headers.get('x-ratelimit-limit-requests')).toBe('20');
    expect(Number(begun.at(-1)?.headers.get('x-ratelimit-remaining-requests'))).toBeLessThan(5);
    // By itself it would let twenty through: it hears of the others' within a second.
    let more = 0;
    const refused = await waitUntil('refusal', async () => {
      const answer = await chat(at[1]);
      if (answer.status !== 200) return answer;
      more += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return null;
    });
    expect(more).toBeLessThan(12);
    expect([refused.status, refused.code]).toEqual([429, 'rate_limited']);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(120);
    expect(refused.text).toContain(`API key \\"Triage\\" may make 20 calls a minute`);
    const listed = (await admin.call('GET', `/api/call-limits?subject_type=api_key&subject_id=${id}`)).json<{ data: CallLimit[] }>()
      .data[0];
    expect(listed?.now.requests).toBeGreaterThanOrEqual(18);
    const metrics = await (await fetch(`${servers[0].url}/metrics`)).text();
    expect(metrics).toContain('pipelines_call_refusals_total');
  });

  it('settle tokens with what was really used, and refuse at once what never fits', async () => {
    const { id, at } = await addProgram();
    await setLimit({ subject_type: 'api_key', subject_id: id, tokens_per_minute: 200 });
    // Taken for more than 100 tokens each, they have used 15.
    expect(good(await hammer([at[0]], 5, 1, { max_tokens: 100 }))).toBe(5);
    const large = await chat(at[0], { max_tokens: 1_000 });
    expect([large.status, large.headers.get('retry-after')]).toEqual([429, null]);
    expect(large.text).toMatch(/may use 200 tokens a minute, and this call alone may need 1,\d{3}/);
  });

  it('let so many calls out at a time, and the strictest limit answers', async () => {
    const { id, at } = await addProgram();
    await setLimit({ subject_type: 'api_key', subject_id: id, concurrent_calls: 1 });
    await setLimit({ subject_type: 'model', subject_id: slug, concurrent_calls: 50 });
    let release: () => void = () => undefined;
    upstream.answerOnce({ after: new Promise<void>((resolve) => (release = resolve)), usage: tenTokens });
    const before = upstream.requests.length;
    const running = chat(at[0], { stream: true });
    await waitUntil('running call', () => upstream.requests.length > before);
    const refused = await chat(at[0]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(refused.text).toContain('may have one call out at a time');
    release();
    expect((await running).status).toBe(200);
    expect((await chat(at[0])).status).toBe(200);
    await setLimit({ subject_type: 'model', subject_id: slug, concurrent_calls: null });
    const left = (await admin.call('GET', '/api/call-limits?subject_type=model')).json<{ data: CallLimit[] }>();
    expect(left.data).toEqual([]);
  });
});

describeKeptAnswers(() => ({ upstream, slug, addProgram, addModel, setBudget, setLimit, signIn }));

describe('alerts', () => {
  let receiver: Server;
  let url: string;
  const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  let failures = 0;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(pieces).toString() });
        failures -= 1;
        response.writeHead(failures >= 0 ? 503 : 204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
  });
  afterAll(() => new Promise((resolve) => receiver.close(resolve)));

  it('tell a webhook of 50, 80 and 100 %, once each, signed, and again until it is taken', async () => {
    const created = await admin.call('POST', '/api/webhooks', { body: { url } });
    expect(created.status, created.text).toBe(201);
    const webhook = created.json<CreatedWebhook>();
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await admin.call('GET', '/api/webhooks')).text).not.toContain(webhook.secret);
    const tested = (await admin.call('POST', `/api/webhooks/${webhook.id}/tests`)).json<WebhookDelivery>();
    expect(tested).toMatchObject({ type: 'test', state: 'delivered', last_status: 204, tries: 1 });

    failures = 1;
    const { id, at } = await addProgram();
    const budget = await setBudget({ subject_type: 'api_key', subject_id: id, period: 'day', amount: '0.10' }, at);
    expect(await useUp(at, 10)).toBe(10);
    const messages = () => received.map(({ body }) => JSON.parse(body) as WebhookMessage).filter(({ type }) => type === 'budget.reached');
    const ids = () => new Set(messages().map((message) => message.id));
    await waitUntil('delivered alerts', async () => {
      const page = (await admin.call('GET', `/api/webhooks/${webhook.id}/deliveries`)).json<{ data: WebhookDelivery[] }>();
      return page.data.length === 4 && page.data.every(({ state }) => state === 'delivered');
    });
    expect(ids().size).toBe(3);
    // The one that was refused came again, under the same ID.
    expect(messages()).toHaveLength(4);
    const told = new Map(messages().map(({ id: messageId, budget: of }) => [messageId, of]));
    expect([...told.values()].map((of) => of?.threshold).sort()).toEqual([100, 50, 80]);
    expect([...told.values()][0]).toMatchObject({ id: budget.id, subject_type: 'api_key', subject_name: 'Triage', amount: '0.1' });
    for (const { headers, body } of received) {
      const { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
      const key = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
      expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64')}`);
      expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(120);
    }
    expect((await readBudget(budget.id)).reached).toBe(100);
    const reached = (await admin.call('GET', '/api/budgets?reached=100')).json<{ data: Budget[] }>();
    expect(reached.data.map((one) => one.id)).toContain(budget.id);

    expect((await admin.call('DELETE', `/api/webhooks/${webhook.id}`)).status).toBe(204);
    expect((await admin.call('POST', `/api/webhooks/${webhook.id}/tests`)).status).toBe(404);
  });

  it('go nowhere where this server does not connect', async () => {
    const refused = await admin.call('POST', '/api/webhooks', { body: { url: 'http://169.254.169.254/latest' } });
    expect([refused.status, refused.code]).toEqual([422, 'egress_blocked']);
  });
});
