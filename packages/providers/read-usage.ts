import type { TokenUsage } from '@pipelines/contracts';

/**
 * Token counts as OpenAI's wire tells them, checked: anything that is not a non-negative safe
 * integer counts as unknown. `text` is the JSON that `value` was parsed from, so that the provider's
 * own cost can be kept as it was printed.
 */
export function readUsage(value: unknown, text: string): TokenUsage | null {
  const usage = asObject(value);
  const promptTokens = count(usage?.prompt_tokens);
  const completionTokens = count(usage?.completion_tokens);
  if (usage === null || promptTokens === null || completionTokens === null) return null;
  const promptDetails = asObject(usage.prompt_tokens_details);
  const answerDetails = asObject(usage.completion_tokens_details);
  return {
    promptTokens,
    completionTokens,
    cachedTokens: atMost(count(promptDetails?.cached_tokens), promptTokens),
    cacheWriteTokens: atMost(count(promptDetails?.cache_write_tokens), promptTokens),
    reasoningTokens: atMost(count(answerDetails?.reasoning_tokens), completionTokens),
    providerCost: readCost(usage.cost, text),
  };
}

/** A part that exceeds its whole is not believed. */
function atMost(part: number | null, whole: number): number | null {
  return part === null || part > whole ? null : part;
}

export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const DECIMAL = /^\d{1,18}(?:\.\d{1,18})?$/;

function readCost(value: unknown, text: string): string | null {
  if (typeof value === 'string') return DECIMAL.test(value) ? value : null;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
  const printed = /"cost"\s*:\s*(\d+(?:\.\d+)?)(?=\s*[,}])/.exec(text)?.[1];
  if (printed !== undefined && Number(printed) === value && DECIMAL.test(printed)) return printed;
  return trimZeros(value.toFixed(18));
}

function trimZeros(decimal: string): string | null {
  const plain = decimal.replace(/\.?0+$/, '');
  return DECIMAL.test(plain) ? plain : null;
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
