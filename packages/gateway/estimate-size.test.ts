import type { ChatRequest } from '@pipelines/contracts';
import { parseJsonBody } from '@pipelines/providers';
import { expect, it } from 'vitest';
import { messagesDialect } from './dialects/messages/messages-dialect.ts';
import { estimateSize } from './estimate-size.ts';

const prices = { input: '0.000003', output: '0.000015', cacheRead: null, cacheWrite: '0.00000375' };

/** As a chat, or in words that a model of Anthropic takes as they are. */
function sizeOf(request: object, limits: { own?: number | null; listed?: number | null } = {}, dialect: 'chat' | 'messages' = 'chat') {
  const bytes = Buffer.from(JSON.stringify({ model: 'm', ...request }));
  const model = { target: { maxTokens: limits.own ?? null }, listing: { max_tokens: limits.listed ?? null }, prices };
  const spoken = dialect === 'chat' ? { chat: parseJsonBody<ChatRequest>(bytes), native: null } : messagesDialect.read(bytes, {});
  return estimateSize(spoken, model as Parameters<typeof estimateSize>[1]);
}

it('takes a prompt for rather more tokens than it has, and grows with it', () => {
  const short = sizeOf({ messages: [{ role: 'user', content: 'Hello there' }] }).promptTokens;
  const long = sizeOf({ messages: [{ role: 'user', content: 'Hello there '.repeat(1_000) }] }).promptTokens;
  // About 2,000 tokens in the usual tokenizers.
  expect(long).toBeGreaterThan(3_000);
  expect(long).toBeLessThan(6_000);
  expect(short).toBeLessThan(50);
});

it('counts a picture as a picture, however many bytes it has', () => {
  const url = `data:image/png;base64,${'A'.repeat(3_000_000)}`;
  const parts = [
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url } },
  ];
  expect(sizeOf({ messages: [{ role: 'user', content: parts }] }).promptTokens).toBeLessThan(3_000);
});

it('tells what the caller allows, and what the model allows, each choice counted', () => {
  const messages = [{ role: 'user', content: 'Hi' }];
  const limits = { own: 900, listed: 800 };
  expect(sizeOf({ messages, max_tokens: 10, max_completion_tokens: 20 }, limits)).toMatchObject({ askedTokens: 20, longestTokens: 900 });
  expect(sizeOf({ messages, max_tokens: 10, n: 3 }, limits)).toMatchObject({ askedTokens: 30, longestTokens: 2700 });
  expect(sizeOf({ messages }, { listed: 800 })).toMatchObject({ askedTokens: null, longestTokens: 800 });
  expect(sizeOf({ messages }).longestTokens).toBeNull();
});

it.each([
  [{ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral', ttl: '1h' } }] }] }, true],
  [{ messages: [{ role: 'user', content: 'Hi' }], tools: [{ type: 'function', cache_control: { type: 'ephemeral', ttl: '1h' } }] }, true],
  [{ messages: [{ role: 'user', content: 'Hi' }], cache_control: { type: 'ephemeral', ttl: '1h' } }, true],
  [
    { messages: [{ role: 'user', content: [{ type: 'text', text: '"ttl":"1h"', cache_control: { type: 'ephemeral', ttl: '5m' } }] }] },
    false,
  ],
  [{ messages: [{ role: 'user', content: '{"cache_control":{"ttl":"1h"}}' }] }, false],
])('tells what is to be cached for an hour: %j', (request, long) => {
  expect(sizeOf(request).writesLongCache).toBe(long);
});

it('tells whether sound is sent, and whether the answer may be spoken', () => {
  const heard = { type: 'input_audio', input_audio: { data: 'A'.repeat(3_000_000), format: 'wav' } };
  const listen = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Who is it?' }, heard] }] };
  expect(sizeOf(listen)).toMatchObject({ audioIn: true });
  expect(sizeOf(listen).promptTokens).toBeLessThan(3_000);
  expect(sizeOf({ ...listen, modalities: ['text', 'audio'] })).toMatchObject({ audioIn: true, audioOut: true });
  const silent = sizeOf({ messages: [{ role: 'user', content: 'Hello' }], modalities: ['text'] });
  expect([silent.audioIn, silent.audioOut]).toEqual([undefined, undefined]);
});

it.each([
  ['a text', { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Hello there '.repeat(10_000) } }, 30_000, 60_000],
  ['a PDF', { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'A'.repeat(400_000) } }, 40_000, 60_000],
  ['a long PDF', { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'A'.repeat(9_000_000) } }, 0, 301_000],
  ['a picture', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(3_000_000) } }, 2_000, 3_000],
])('measures what only the caller’s own words say: %s', (_, block, least, most) => {
  const request = { max_tokens: 10, messages: [{ role: 'user', content: [block] }] };
  const { promptTokens } = sizeOf(request, {}, 'messages');
  expect(promptTokens).toBeGreaterThanOrEqual(least);
  expect(promptTokens).toBeLessThanOrEqual(most);
});

it('finds an hour of caching in words that a chat does not have', () => {
  const request = { max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }], cache_control: { type: 'ephemeral', ttl: '1h' } };
  expect(sizeOf(request, {}, 'messages').writesLongCache).toBe(true);
});

it('counts what is no attachment as what it says', () => {
  const said = 'Hello there '.repeat(10_000);
  const parts = [{ type: 'refusal', refusal: said }];
  expect(sizeOf({ messages: [{ role: 'assistant', content: parts }] }).promptTokens).toBeGreaterThan(30_000);
});
