import { expect, test } from 'vitest';
import { nativeMessages } from './native-messages.ts';

const event = (type: string, fields: object) => Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
const start = event('message_start', { message: { usage: { input_tokens: 25, cache_read_input_tokens: 5, output_tokens: 1 } } });
const text = event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'A long answer' } });
const finish = event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 400 } });
const stop = event('message_stop', {});

function outcomeOf(events: readonly Uint8Array[]) {
  const observer = nativeMessages.observe({} as never);
  for (const each of events) observer.push(each);
  return observer.end().outcome;
}

test('a message that broke off has no usage: what it began with does not count the answer', () => {
  expect(outcomeOf([start, text])).toMatchObject({ usage: null, complete: false });
});

test.each([
  [{ ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 }, 4],
  [{ ephemeral_1h_input_tokens: 8 }, null],
  [undefined, null],
])('tokens that are written for an hour are known: %j', (cache_creation, longCacheWriteTokens) => {
  const usage = { input_tokens: 5, cache_creation_input_tokens: 7, cache_creation, output_tokens: 1 };
  const written = event('message_start', { message: { usage } });
  expect(outcomeOf([written, finish, stop]).usage).toMatchObject({ promptTokens: 12, cacheWriteTokens: 7, longCacheWriteTokens });
});

test.each([
  [{ service_tier: 'priority' }, 'priority'],
  [{ service_tier: 'standard', speed: 'fast' }, 'fast'],
  [{ service_tier: 'standard', speed: 'standard' }, null],
])('another tier of service or speed is told, as the start says it: %j', (tier, serviceTier) => {
  const begun = event('message_start', { message: { usage: { input_tokens: 5, output_tokens: 1, ...tier } } });
  expect(outcomeOf([begun, finish, stop]).usage).toMatchObject({ serviceTier });
});

test('searches of the web are counted as the end tells them', () => {
  const searched = (web_search_requests: number) => ({ server_tool_use: { web_search_requests, web_fetch_requests: 1 } });
  const begun = event('message_start', { message: { usage: { input_tokens: 5, output_tokens: 1, ...searched(0) } } });
  const ended = event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 40, ...searched(2) } });
  expect(outcomeOf([begun, ended, stop]).usage).toMatchObject({ promptTokens: 5, completionTokens: 40, webSearches: 2 });
  expect(outcomeOf([start, finish, stop]).usage?.webSearches).toBeNull();
});

test('the usage of a whole one is put together from its start and its end', () => {
  expect(outcomeOf([start, text, finish, stop])).toMatchObject({
    usage: { promptTokens: 30, cachedTokens: 5, completionTokens: 400 },
    complete: true,
  });
});
