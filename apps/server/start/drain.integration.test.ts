import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';

let database: TestDatabase;
let upstream: Server;
let baseUrl: string;
/** Streams that the upstream has begun and not ended. */
let open: ServerResponse[];

const chunk = (choice: object, more: object = {}) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, ...choice }], ...more })}\n\n`;
const firstChunk = chunk({ delta: { role: 'assistant', content: 'one' }, finish_reason: null });
const lastChunk = `${chunk({ delta: {}, finish_reason: 'stop' }, { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })}data: [DONE]\n\n`;

beforeEach(async () => {
  open = [];
  upstream = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      const asked = parts.length > 0 ? (JSON.parse(Buffer.concat(parts).toString()) as { stream?: boolean }) : {};
      if (asked.stream) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(firstChunk);
        open.push(response);
        return;
      }
      const message = { role: 'assistant', content: 'ok' };
      const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          id: 'c1',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, message, finish_reason: 'stop' }],
          usage,
        }),
      );
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  database = await createTestDatabase();
});

afterEach(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await database.close();
});

/** A model of the slow upstream, tested and saved as a program would do it. */
async function addModel(admin: ApiClient): Promise<string> {
  const connection = { provider: 'openai-compatible', auth_kind: 'none', base_url: baseUrl, provider_model_id: 'm' };
  const tested = (await admin.call('POST', '/api/connection-tests', { body: connection })).json<{ id: string; passed: boolean }>();
  expect(tested.passed).toBe(true);
  const capabilities = { json_mode: false, vision: false, tool_use: false, reasoning: false };
  const body = { ...connection, connection_test_id: tested.id, display_name: 'Slow', capabilities };
  return (await admin.call('POST', '/api/models', { body })).json<{ slug: string }>().slug;
}

async function openStreams(server: TestServer, count: number): Promise<Promise<string>[]> {
  const admin = createApiClient(server.url, server.admin.apiKey);
  const model = await addModel(admin);
  const body = { model, stream: true, messages: [{ role: 'user', content: 'x' }] };
  const streams = Array.from({ length: count }, async () => (await admin.call('POST', '/v1/chat/completions', { body })).text);
  await vi.waitFor(() => expect(open).toHaveLength(count), { timeout: 15_000 });
  return streams;
}

it('lets running calls end before it stops', async () => {
  const server = await startServer({ environment: { DATABASE_URL: database.url }, drainMs: 10_000 });
  const streams = await openStreams(server, 3);
  const stopped = server.stop();
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
  for (const response of open) response.end(lastChunk);
  for (const stream of streams) expect(await stream).toMatch(/one[\s\S]*data: \[DONE\]/);
  await stopped;
});

it('tells the callers that are left, and has every call in the log', async () => {
  const server = await startServer({ environment: { DATABASE_URL: database.url }, drainMs: 300 });
  const streams = await openStreams(server, 20);
  const startedAtMs = performance.now();
  await server.stop();
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  for (const stream of streams) {
    const text = await stream;
    expect(text).toContain('"error"');
    expect(text).not.toContain('[DONE]');
  }
  const { rows } = await database.database.pool.query<{ status: string }>(`select status from attempts where source = 'gateway'`);
  expect(rows).toHaveLength(20);
  expect(rows.filter(({ status }) => status === 'succeeded')).toEqual([]);
});
