import type { Batch, Graph, TaskEvent, TryEvent, Workflow } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../../testing/index.ts';
import { openEvents } from './__fixtures__/open-events.ts';

let database: TestDatabase;
let upstream: FakeOpenAi;
let server: TestServer;
let admin: ApiClient;
let slug: string;
const withKey = (key: string) => ({ authorization: `Bearer ${key}` });

beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await startFakeOpenAi();
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  admin = createApiClient(server.url, server.admin.apiKey);
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: 'tiny',
    credential: { api_key: 'sk-any' },
  };
  const test = await call<{ id: string }>('POST', '/api/connection-tests', connection);
  const capabilities = { json_mode: true, vision: false, tool_use: false, reasoning: false };
  const model = { ...connection, connection_test_id: test.id, display_name: 'Tiny', capabilities };
  slug = (await call<{ slug: string }>('POST', '/api/models', model)).slug;
});
afterAll(async () => {
  await server?.stop();
  await upstream?.close();
  await database?.close();
});

async function call<Shape>(method: string, path: string, body?: unknown): Promise<Shape> {
  const answer = await admin.call(method, path, body === undefined ? {} : { body });
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return answer.json<Shape>();
}

const config = () => ({
  model: slug,
  fallback_model: null,
  system_prompt: '',
  user_prompt: 'Say {{input.text}}',
  temperature: null,
  max_tokens: null,
  tools: [],
  max_tool_rounds: 5,
  reasoning: { effort: null, max_tokens: null },
  output: { type: 'text' as const },
  images: [],
  retries: 0,
  timeout_seconds: 60,
});

function graph(): Graph {
  const at = { position: { x: 0, y: 0 } };
  const fields = [{ name: 'text', type: 'text' as const, required: true, description: '' }];
  return {
    steps: [
      { ...at, kind: 'start', name: 'start', title: 'Start', config: { fields } },
      { ...at, kind: 'llm', name: 'ask', title: 'Ask', config: config() },
      { ...at, kind: 'end', name: 'end', title: 'End', config: { mapping: [] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'end' },
    ],
  };
}

async function beginTask(): Promise<{ taskId: string; batchId: string }> {
  const workflow = await call<Workflow>('POST', '/api/workflows', { name: 'Flow', graph: graph() });
  await call('POST', `/api/workflows/${workflow.id}/publish`, { revision: workflow.revision });
  const { batch } = await call<{ batch: Batch }>('POST', `/api/workflows/${workflow.id}/tasks`, { tasks: [{ input: { text: 'hi' } }] });
  const { data } = await call<{ data: { id: string }[] }>('GET', `/api/workflows/${workflow.id}/tasks`);
  return { taskId: data[0]?.id as string, batchId: batch.id };
}

describe('events of a task', () => {
  it('stream through proxies, the whole first, with the answer as it comes', async () => {
    upstream.answerOnce({ chunks: ['One ', 'two '], hang: 'stream' });
    const { taskId, batchId } = await beginTask();
    const stream = await openEvents<TaskEvent>(`${server.url}/api/tasks/${taskId}/events`, withKey(server.admin.apiKey));
    expect(stream.status).toBe(200);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    await expect.poll(() => stream.events[0]?.type, { timeout: 10_000 }).toBe('snapshot');
    const said = () => stream.events.map((event) => (event.type === 'answer' ? event.text : '')).join('');
    await expect.poll(said, { timeout: 10_000 }).toBe('One two ');
    await call('POST', `/api/tasks/${taskId}/cancel`);
    await expect.poll(() => JSON.stringify(stream.events.at(-1)), { timeout: 10_000 }).toContain('canceled');
    stream.leave();
    const batch = await openEvents(`${server.url}/api/batches/${batchId}/events`, withKey(server.admin.apiKey));
    await expect.poll(() => batch.events[0], { timeout: 10_000 }).toMatchObject({ type: 'batch', batch: { id: batchId } });
    batch.leave();
  });

  it('are for those who may read the task, and nothing begins for others', async () => {
    const { taskId } = await beginTask();
    const address = `${server.url}/api/tasks/${taskId}/events`;
    expect((await openEvents(address, {})).status).toBe(401);
    const { key } = await call<{ key: string }>('POST', '/api/api-keys', { name: 'Calls only', role: 'inference' });
    expect((await openEvents(address, withKey(key))).status).toBe(403);
    const nobody = `${server.url}/api/tasks/0191b0f0-0000-7000-8000-000000000001/events`;
    expect((await openEvents(nobody, withKey(server.admin.apiKey))).status).toBe(404);
  });

  it('end when the key is revoked, and when somebody signs out', async () => {
    const { taskId } = await beginTask();
    const address = `${server.url}/api/tasks/${taskId}/events`;
    const made = await call<{ key: string; id: string }>('POST', '/api/api-keys', { name: 'Watcher', role: 'viewer' });
    const person = createApiClient(server.url);
    const origin = { origin: server.url };
    const { email, password } = server.admin;
    expect((await person.call('POST', '/api/session', { body: { email, password }, headers: origin })).status).toBeLessThan(300);
    const byKey = await openEvents(address, withKey(made.key));
    const bySession = await openEvents(address, { cookie: person.cookie });
    expect([byKey.status, bySession.status]).toEqual([200, 200]);
    await call('DELETE', `/api/api-keys/${made.id}`);
    await person.call('DELETE', '/api/session', { headers: origin });
    await byKey.ended;
    await bySession.ended;
  });
});

describe('trying a step', () => {
  it('streams what comes of it to somebody who may edit', async () => {
    upstream.answerOnce({ chunks: ['Well ', 'done'] });
    const body = { name: 'ask', config: config(), input: { text: 'hi' }, steps: {} };
    const stream = await openEvents<TryEvent>(`${server.url}/api/step-tries`, withKey(server.admin.apiKey), body);
    await stream.ended;
    expect(stream.events.map((event) => event.type)).toEqual(['call', 'piece', 'piece', 'attempt', 'finished']);
    const log = await call<{ data: { source: string }[] }>('GET', '/api/attempts?source=step_try');
    await expect
      .poll(async () => (await call<typeof log>('GET', '/api/attempts?source=step_try')).data.length, { timeout: 10_000 })
      .toBe(1);
    const { key } = await call<{ key: string }>('POST', '/api/api-keys', { name: 'Looks', role: 'viewer' });
    expect((await openEvents(`${server.url}/api/step-tries`, withKey(key), body)).status).toBe(403);
    const wrong = { ...body, no_such_field: 1 };
    expect((await openEvents(`${server.url}/api/step-tries`, withKey(server.admin.apiKey), wrong)).status).toBe(400);
  });
});

it('lets the server stop although somebody watches', async () => {
  const { taskId } = await beginTask();
  const stream = await openEvents(`${server.url}/api/tasks/${taskId}/events`, withKey(server.admin.apiKey));
  await expect.poll(() => stream.events.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const stopped = server.stop();
  await stream.ended;
  await stopped;
});
