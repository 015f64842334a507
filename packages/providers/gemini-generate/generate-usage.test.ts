import { expect, test } from 'vitest';
import { readGenerateUsage } from './generate-usage.ts';

const usage = { promptTokenCount: 100, cachedContentTokenCount: 40, candidatesTokenCount: 20, totalTokenCount: 120 };
const of = (...counts: readonly (readonly [modality: string, tokenCount: number])[]) =>
  counts.map(([modality, tokenCount]) => ({ modality, tokenCount }));

test('audio is a part of the prompt, of what came from the cache and of the answer', () => {
  const told = {
    ...usage,
    toolUsePromptTokenCount: 9,
    promptTokensDetails: of(['TEXT', 40], ['AUDIO', 60]),
    toolUsePromptTokensDetails: of(['AUDIO', 9]),
    cacheTokensDetails: of(['TEXT', 10], ['AUDIO', 30]),
    candidatesTokensDetails: of(['AUDIO', 15], ['TEXT', 5]),
  };
  expect(readGenerateUsage(told)).toMatchObject({
    ...{ promptTokens: 109, audioInputTokens: 69, cachedTokens: 40, cachedAudioTokens: 30 },
    ...{ completionTokens: 20, audioOutputTokens: 15 },
  });
});

test.each([
  [{}, { audioInputTokens: null, cachedAudioTokens: null, audioOutputTokens: null }],
  [{ promptTokensDetails: of(['TEXT', 100]) }, { audioInputTokens: 0 }],
  [
    { promptTokensDetails: of(['TEXT', 100]), cacheTokensDetails: of(['TEXT', 40]) },
    { audioInputTokens: 0, cachedAudioTokens: 0 },
  ],
  // A part that exceeds its whole is not believed.
  [
    { promptTokensDetails: of(['AUDIO', 101]), candidatesTokensDetails: of(['AUDIO', 21]) },
    { audioInputTokens: null, audioOutputTokens: null },
  ],
  [
    { promptTokensDetails: of(['AUDIO', 50]), cacheTokensDetails: of(['AUDIO', 41]) },
    { audioInputTokens: 50, cachedAudioTokens: null },
  ],
  [
    { promptTokensDetails: 'much', cacheTokensDetails: [null, 7] },
    { audioInputTokens: null, cachedAudioTokens: 0 },
  ],
])('as far as it is told: %j', (more, expected) => {
  expect(readGenerateUsage({ ...usage, ...more })).toMatchObject(expected);
});
