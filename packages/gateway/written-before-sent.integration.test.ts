import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const completion = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
});

let gateway: TestGateway;
let provider: Server;
let slug: string;
/** By request, in the order in which they came: how many calls the journal's files told of at that moment. */
const written: number[] = [];
beforeAll(async () => {
  gateway = await openTestGateway();
  provider = createServer((request, response) => {
    written.push(countBegun());
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(completion));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => provider.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`;
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: baseUrl,
    provider_model_id: 'm',
    credential: { api_key: 'any' },
  } as const;
  slug = await gateway.addModel(connection, 'Counted');
});
afterAll(async () => {
  await gateway.close();
  provider.closeAllConnections();
  provider.close();
});

function countBegun(): number {
  const files = readdirSync(gateway.journalDir).filter((name) => name.endsWith('.log'));
  const lines = files.flatMap((name) => readFileSync(path.join(gateway.journalDir, name), 'utf8').split('\n'));
  return lines.filter((line) => line.startsWith('S ')).length;
}

it('a call is in the journal before its provider hears of it, also where many go out at once', async () => {
  const before = countBegun();
  written.length = 0;
  const calls = Array.from({ length: 30 }, () => postChat(gateway.url, { model: slug, messages: [{ role: 'user', content: 'Hi' }] }));
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
  expect(written).toHaveLength(30);
  for (const [index, count] of written.entries()) expect(count - before).toBeGreaterThan(index);
});
