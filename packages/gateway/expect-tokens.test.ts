import type { ChatRequest } from '@pipelines/contracts';
import { parseJsonBody } from '@pipelines/providers';
import { expect, it } from 'vitest';
import { expectTokens } from './expect-tokens.ts';

function expected(request: object, { maxTokens = null as number | null, task = 'chat' } = {}) {
  const chat = parseJsonBody<ChatRequest>(Buffer.from(JSON.stringify({ model: 'm', ...request })));
  const model = { task, target: { maxTokens }, listing: { max_tokens: null } };
  return expectTokens({ chat, native: null }, model as Parameters<typeof expectTokens>[1]);
}

const say = (content: unknown) => ({ messages: [{ role: 'user', content }] });

it('takes a prompt by its length, and a picture for a picture', () => {
  const short = expected(say('Hello there')).prompt;
  expect(short).toBeGreaterThan(5);
  expect(short).toBeLessThan(50);
  expect(expected(say('Hello there '.repeat(10_000))).prompt).toBeGreaterThan(20_000);
  const url = `data:image/png;base64,${'A'.repeat(3_000_000)}`;
  expect(expected(say([{ type: 'image_url', image_url: { url } }])).prompt).toBeLessThan(3_000);
});

it('takes an answer for as long as the caller lets it be, otherwise for a usual one that the model can give', () => {
  const long = 'x'.repeat(100_000);
  for (const text of ['Hi', long]) {
    expect(expected({ ...say(text), max_tokens: 7 }).answer).toBe(7);
    expect(expected({ ...say(text), max_tokens: 7, max_completion_tokens: 9 }).answer).toBe(9);
    expect(expected({ ...say(text), max_tokens: 7, n: 3 }).answer).toBe(21);
    expect(expected(say(text)).answer).toBe(1_024);
    expect(expected(say(text), { maxTokens: 100 }).answer).toBe(100);
    expect(expected(say(text), { maxTokens: 100, task: 'embeddings' }).answer).toBe(0);
  }
});
