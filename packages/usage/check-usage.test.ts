import type { TokenUsage } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { checkUsage } from './check-usage.ts';

const good: TokenUsage = {
  promptTokens: 10,
  completionTokens: 5,
  cachedTokens: 4,
  cacheWriteTokens: 6,
  reasoningTokens: 5,
  providerCost: '0.000012',
};

it('keeps usage that can be true', () => {
  expect(checkUsage(good)).toBe(good);
  expect(checkUsage(null)).toBeNull();
});

it.each<Partial<TokenUsage>>([
  { promptTokens: -1 },
  { completionTokens: -5 },
  { promptTokens: 1.5 },
  { completionTokens: Number.NaN },
  { promptTokens: 3_000_000_000 },
  { cachedTokens: -1 },
  { cachedTokens: 5 },
  { cacheWriteTokens: 0.1 },
  { longCacheWriteTokens: 7 },
  { longCacheWriteTokens: -1 },
  { audioInputTokens: 11 },
  { audioInputTokens: 3, cachedAudioTokens: 4 },
  { cachedAudioTokens: 1 },
  { audioOutputTokens: 6 },
  { webSearches: 0.5 },
  { reasoningTokens: Number.POSITIVE_INFINITY },
  { promptTokens: '10' as unknown as number },
])('makes the whole unknown: %o', (wrong) => {
  expect(checkUsage({ ...good, ...wrong })).toBeNull();
});

it.each(['-1', '1e3', 'NaN', '', '1.', '0.1234567890123456789'])('drops only the cost %j', (providerCost) => {
  expect(checkUsage({ ...good, providerCost })).toEqual({ ...good, providerCost: null });
});
