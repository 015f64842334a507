import type { TokenUsage } from '@pipelines/contracts';
import { count } from '../read-usage.ts';

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
  const cached = count(usage.cachedContentTokenCount);
  return {
    promptTokens,
    completionTokens,
    cachedTokens: cached === null || cached > promptTokens ? null : cached,
    cacheWriteTokens: null,
    reasoningTokens: usage.thoughtsTokenCount === undefined ? null : thoughts,
    providerCost: null,
  };
}
