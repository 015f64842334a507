import type { TokenUsage } from '@pipelines/contracts';

/**
 * Token counts as OpenAI's wire tells them, checked: anything that is not a non-negative safe
 * integer counts as unknown. `text` is the JSON that `value` was parsed from, so that the provider's
 * own cost can be kept as it was printed. `serviceTier` stands beside the usage on this wire.
 */
export function readUsage(value: unknown, text: string, serviceTier?: unknown): TokenUsage | null {
  const usage = asObject(value);
  const promptTokens = count(usage?.prompt_tokens);
  const said = count(usage?.completion_tokens);
  if (usage === null || promptTokens === null || said === null) return null;
  const details = asObject(usage.prompt_tokens_details);
  const cached = firstCount(details?.cached_tokens, usage.cached_tokens, usage.prompt_cache_hit_tokens, usage.cache_read_input_tokens);
  const written = firstCount(details?.cache_write_tokens, details?.cache_creation_tokens, usage.cache_creation_input_tokens);
  const answerDetails = asObject(usage.completion_tokens_details);
  const thought = count(answerDetails?.reasoning_tokens);
  const hidden = (count(usage.total_tokens) ?? 0) - promptTokens - said;
  // Thinking that is in the total only; without a count of it, the rest of the total is nothing else where nothing was cached.
  const isBeside = hidden > 0 && (thought === null ? cached === null && written === null : thought === hidden);
  const completionTokens = isBeside ? said + hidden : said;
  return {
    promptTokens,
    completionTokens,
    cachedTokens: atMost(cached, promptTokens),
    cacheWriteTokens: atMost(written, promptTokens),
    reasoningTokens: isBeside ? hidden : atMost(thought, completionTokens),
    audioInputTokens: atMost(count(details?.audio_tokens), promptTokens),
    audioOutputTokens: atMost(count(answerDetails?.audio_tokens), completionTokens),
    webSearches: readWebSearches(usage),
    serviceTier: readServiceTier(serviceTier),
    providerCost: readCost(usage.cost, text),
  };
}

/** What providers call the tier that their prices are meant for. */
const usualTiers: ReadonlySet<string> = new Set(['default', 'standard', 'auto', 'on_demand', 'unspecified']);

/** Another tier of service than the usual one, which a provider may charge otherwise; null: the usual one, or none is told. */
export function readServiceTier(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z_]{1,32}$/.test(value) && !usualTiers.has(value) ? value : null;
}

/** Searches that the provider made: Anthropic and OpenRouter tell them, the latter under two names. */
export function readWebSearches({
  server_tool_use: used,
  server_tool_use_details: details,
}: Readonly<Record<string, unknown>>): number | null {
  return firstCount(asObject(used)?.web_search_requests, asObject(details)?.web_search_requests);
}

/** The first that is told: servers have several names for one count. */
function firstCount(...values: readonly unknown[]): number | null {
  for (const value of values) {
    const told = count(value);
    if (told !== null) return told;
  }
  return null;
}

/** A part that exceeds its whole is not believed. */
export function atMost(part: number | null, whole: number): number | null {
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
