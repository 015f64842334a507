import type { UnitPriceTier } from '@pipelines/contracts';
import type { ListedPrices } from '../adapter.ts';
import { type Entry, record, size } from './listing-fields.ts';

/** OpenRouter prints USD per token as text; Together USD per million as numbers. Null where there is no price for both ways. */
export function readListedPrices(pricing: Entry): ListedPrices | null {
  const input = decimal(pricing.prompt);
  const output = decimal(pricing.completion);
  if (input === null || output === null) return readPerMillion(pricing);
  return {
    input,
    output,
    cacheRead: decimal(pricing.input_cache_read),
    cacheWrite: decimal(pricing.input_cache_write),
    ...readExtras(pricing, output),
    ...readAudio(pricing),
    tiers: readTiers(pricing.overrides),
  };
}

function readPerMillion(pricing: Entry): ListedPrices | null {
  const input = perMillion(pricing.input);
  const output = perMillion(pricing.output);
  if (input === null || output === null || (Number(input) === 0 && Number(output) === 0)) return null;
  return { input, output, cacheRead: perMillion(pricing.cached_input), cacheWrite: null };
}

/**
 * What OpenRouter charges apart from input and output. Nothing is how it says that there is no such price. Its price of an
 * image is what the tokens of one come to, which are counted in the prompt: it is not charged beside them.
 */
function readExtras(pricing: Entry, output: string): Pick<ListedPrices, 'reasoning' | 'request' | 'webSearch'> {
  const reasoning = extra(pricing.internal_reasoning);
  return { reasoning: reasoning === output ? null : reasoning, request: extra(pricing.request), webSearch: extra(pricing.web_search) };
}

/** Sound that costs nothing is sound without a price of its own. */
function readAudio(pricing: Entry): Pick<ListedPrices, 'audioInput' | 'audioOutput' | 'audioCacheRead'> {
  return {
    audioInput: extra(pricing.audio),
    audioOutput: extra(pricing.audio_output),
    audioCacheRead: extra(pricing.input_audio_cache),
  };
}

function extra(value: unknown): string | null {
  const price = decimal(value);
  return Number(price ?? '0') === 0 ? null : price;
}

const timeConditions = ['utc_start', 'utc_end', 'utc_days'];

/**
 * The tiers by length of prompt. A price that holds for some hours only is no tier: the cost that the
 * provider reports with the answer tells it.
 */
function readTiers(overrides: unknown): UnitPriceTier[] {
  if (!Array.isArray(overrides)) return [];
  const tiers = new Map<number, UnitPriceTier>();
  for (const override of overrides.slice(0, 20).map(record)) {
    const above = size(override.min_prompt_tokens);
    if (above === null || timeConditions.some((condition) => override[condition] !== undefined)) continue;
    const known = tiers.get(above);
    // Later entries win, price by price.
    tiers.set(above, {
      abovePromptTokens: above,
      input: decimal(override.prompt) ?? known?.input ?? null,
      output: decimal(override.completion) ?? known?.output ?? null,
      cacheRead: decimal(override.input_cache_read) ?? known?.cacheRead ?? null,
      cacheWrite: decimal(override.input_cache_write) ?? known?.cacheWrite ?? null,
      audioInput: decimal(override.audio) ?? known?.audioInput ?? null,
      audioCacheRead: decimal(override.input_audio_cache) ?? known?.audioCacheRead ?? null,
    });
  }
  return [...tiers.values()].sort((a, b) => a.abovePromptTokens - b.abovePromptTokens);
}

function decimal(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,18}(?:\.\d{1,18})?$/.test(value) ? value : null;
}

/** `0.88` USD per million tokens as `0.00000088` per token, exactly. */
function perMillion(value: unknown): string | null {
  const printed = typeof value === 'number' ? String(value) : value;
  const plain = decimal(printed);
  if (plain === null) return null;
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = whole.padStart(7, '0');
  return decimal(`${digits.slice(0, -6)}.${digits.slice(-6)}${fraction}`.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, ''));
}
