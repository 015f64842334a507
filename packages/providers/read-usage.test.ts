import { expect, test } from 'vitest';
import { readServiceTier, readUsage } from './read-usage.ts';

const read = (text: string) => readUsage(JSON.parse(text), text);
const counts = '"prompt_tokens":10,"completion_tokens":4';

test('all details are read', () => {
  const text = `{${counts},"prompt_tokens_details":{"cached_tokens":6,"cache_write_tokens":2},"completion_tokens_details":{"reasoning_tokens":3},"cost":0.00014}`;
  expect(read(text)).toEqual({
    promptTokens: 10,
    completionTokens: 4,
    cachedTokens: 6,
    cacheWriteTokens: 2,
    reasoningTokens: 3,
    audioInputTokens: null,
    audioOutputTokens: null,
    webSearches: null,
    serviceTier: null,
    providerCost: '0.00014',
  });
});

test.each([
  ['"total_tokens":108,"completion_tokens_details":{"reasoning_tokens":94}', { completionTokens: 98, reasoningTokens: 94 }],
  ['"total_tokens":108', { completionTokens: 98, reasoningTokens: 94 }],
  ['"total_tokens":14,"completion_tokens_details":{"reasoning_tokens":3}', { completionTokens: 4, reasoningTokens: 3 }],
  ['"total_tokens":108,"completion_tokens_details":{"reasoning_tokens":3}', { completionTokens: 4, reasoningTokens: 3 }],
  ['"total_tokens":108,"cache_read_input_tokens":9', { completionTokens: 4, reasoningTokens: null, cachedTokens: 9 }],
  ['"total_tokens":3', { completionTokens: 4, reasoningTokens: null }],
])('thinking that only the total counts is counted among the answer: %s', (more, expected) => {
  expect(read(`{${counts},${more}}`)).toMatchObject({ promptTokens: 10, ...expected });
});

test.each([
  ['"cached_tokens":7', { cachedTokens: 7 }],
  ['"prompt_cache_hit_tokens":7,"prompt_cache_miss_tokens":3', { cachedTokens: 7 }],
  ['"cache_read_input_tokens":7,"cache_creation_input_tokens":2', { cachedTokens: 7, cacheWriteTokens: 2 }],
  ['"prompt_tokens_details":{"cached_tokens":6,"cache_creation_tokens":2},"cached_tokens":7', { cachedTokens: 6, cacheWriteTokens: 2 }],
])('cached tokens are known by each of their names: %s', (more, expected) => {
  expect(read(`{${counts},${more}}`)).toMatchObject(expected);
});

test.each([
  [
    '"prompt_tokens_details":{"cached_tokens":0,"text_tokens":3,"audio_tokens":7},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":4,"text_tokens":0}',
    { promptTokens: 10, completionTokens: 4, audioInputTokens: 7, audioOutputTokens: 4 },
  ],
  [
    '"prompt_tokens_details":{"audio_tokens":11},"completion_tokens_details":{"audio_tokens":5}',
    { audioInputTokens: null, audioOutputTokens: null },
  ],
  ['"server_tool_use":{"web_search_requests":2}', { webSearches: 2 }],
  ['"server_tool_use_details":{"web_search_requests":3,"tool_calls_requested":3,"tool_calls_executed":3}', { webSearches: 3 }],
  ['"server_tool_use":null', { webSearches: null }],
  ['"server_tool_use":{"web_search_requests":-1}', { webSearches: null }],
])('audio is a part of the prompt and of the answer, and searches are counted: %s', (more, expected) => {
  expect(read(`{${counts},${more}}`)).toMatchObject(expected);
});

test.each([
  ['0.000140', '0.000140'],
  ['1.2e-7', '0.00000012'],
  ['0', '0'],
  ['12', '12'],
  ['"0.0100"', '0.0100'],
  ['0.12345678901234567890', '0.123456789012345677'],
  ['-0.1', null],
  ['1e300', null],
  ['"NaN"', null],
  ['null', null],
  ['{}', null],
])('a cost of %s is kept as %s', (printed, cost) => {
  expect(read(`{${counts},"cost":${printed},"cost_details":{"cost":99}}`)?.providerCost).toBe(cost);
});

test.each([
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['default', null],
  ['standard', null],
  ['on_demand', null],
  [null, null],
  [7, null],
  ['<b>Flex</b>', null],
])('a tier of service of %j is %j: the usual one is not told', (said, tier) => {
  expect(readServiceTier(said)).toBe(tier);
});

test('a part that exceeds its whole is unknown', () => {
  const usage = read(`{${counts},"prompt_tokens_details":{"cached_tokens":11},"completion_tokens_details":{"reasoning_tokens":5}}`);
  expect(usage).toMatchObject({ promptTokens: 10, cachedTokens: null, reasoningTokens: null });
});

test.each(['null', '[]', '"x"', '{}', '{"prompt_tokens":1}', '{"prompt_tokens":-1,"completion_tokens":1}'])('%s is no usage', (text) => {
  expect(read(text)).toBeNull();
});
