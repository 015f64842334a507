import { expect, test } from 'vitest';
import { readConverseUsage } from './converse-usage.ts';

const usage = { inputTokens: 10, outputTokens: 4, cacheReadInputTokens: 5, cacheWriteInputTokens: 7 };

test.each([
  [[{ ttl: '1h', inputTokens: 4 }], 4],
  [[{ ttl: '5m', inputTokens: 7 }], 0],
  [[{ ttl: '1h', inputTokens: 8 }], null],
  [[null], 0],
  [undefined, null],
])('of the tokens that are written to the cache those for an hour are known: %j', (cacheDetails, longCacheWriteTokens) => {
  expect(readConverseUsage({ ...usage, cacheDetails })).toMatchObject({ promptTokens: 22, cacheWriteTokens: 7, longCacheWriteTokens });
});

test.each([
  [{ type: 'flex' }, 'flex'],
  [{ type: 'default' }, null],
  [undefined, null],
])('another tier of service is told beside the usage: %j', (said, serviceTier) => {
  expect(readConverseUsage(usage, said)).toMatchObject({ serviceTier });
});
