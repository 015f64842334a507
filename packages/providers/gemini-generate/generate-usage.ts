import type { TokenUsage } from '@pipelines/contracts';
import { atMost, count, readServiceTier } from '../read-usage.ts';

/** Gemini counts thoughts apart from the answer, and leaves out what is zero; we count all answer tokens together. */
export function readGenerateUsage(value: unknown): TokenUsage | null {
  const usage = (value ?? {}) as Readonly<Record<string, unknown>>;
  const prompt = count(usage.promptTokenCount);
  const [answer, thoughts, toolPrompt] = ['candidatesTokenCount', 'thoughtsTokenCount', 'toolUsePromptTokenCount'].map((name) =>
    usage[name] === undefined ? 0 : count(usage[name]),
  );
  if (prompt === null || answer == null || thoughts == null || toolPrompt == null) return null;
  const promptTokens = count(prompt + toolPrompt);
  const completionTokens = count(answer + thoughts);
  if (promptTokens === null || completionTokens === null) return null;
  const cachedTokens = atMost(count(usage.cachedContentTokenCount), promptTokens);
  const audioInputTokens = atMost(countAudio(usage.promptTokensDetails, usage.toolUsePromptTokensDetails), promptTokens);
  return {
    promptTokens,
    completionTokens,
    cachedTokens,
    cacheWriteTokens: null,
    reasoningTokens: usage.thoughtsTokenCount === undefined ? null : thoughts,
    audioInputTokens,
    cachedAudioTokens: atMost(countAudio(usage.cacheTokensDetails), Math.min(cachedTokens ?? 0, audioInputTokens ?? 0)),
    audioOutputTokens: atMost(countAudio(usage.candidatesTokensDetails), answer),
    serviceTier: readServiceTier(usage.serviceTier),
    providerCost: null,
  };
}

/** Tokens of sound in lists of counts by modality; what is zero is left out of them. Null: there is no such list. */
function countAudio(...lists: readonly unknown[]): number | null {
  const told = lists.filter((list) => Array.isArray(list)).flat() as readonly ({ modality?: unknown; tokenCount?: unknown } | null)[];
  if (told.length === 0) return null;
  return told.reduce((sum, entry) => sum + (entry?.modality === 'AUDIO' ? (count(entry.tokenCount) ?? 0) : 0), 0);
}
