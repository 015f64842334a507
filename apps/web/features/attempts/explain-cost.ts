import { type Attempt, type AudioShare, longCacheWriteFactor, splitAudio } from '@pipelines/contracts';
import { compareDecimals, formatUsd, multiplyDecimal, pricePerMillion, sumDecimals } from '../../ui/decimal-text.ts';

type Priced = Pick<
  Attempt,
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'cached_tokens'
  | 'cache_write_tokens'
  | 'long_cache_write_tokens'
  | 'reasoning_tokens'
  | 'audio_input_tokens'
  | 'cached_audio_tokens'
  | 'audio_output_tokens'
  | 'web_searches'
  | 'images'
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_cost_per_token'
  | 'cache_write_cost_per_token'
  | 'reasoning_cost_per_token'
  | 'audio_input_cost_per_token'
  | 'audio_output_cost_per_token'
  | 'audio_cache_read_cost_per_token'
  | 'cost_per_request'
  | 'cost_per_image'
  | 'cost_per_web_search'
  | 'cost'
  | 'from_cache'
>;

/** One line of a bill: so many at a price. */
export interface CostLine {
  readonly label: string;
  /** Such as `1,204 × $2.00 / 1M`. */
  readonly formula: string;
  readonly amount: string;
}

export interface CostExplanation {
  readonly lines: readonly CostLine[];
  /** Why the cost is what it is, where the lines do not say it all. */
  readonly note: string | null;
}

interface Charge {
  readonly label: string;
  readonly count: number;
  /** USD for one. */
  readonly price: string;
  readonly per: 'token' | 'piece';
}

/** The formula behind a cost, in exact arithmetic; or why there is none. */
export function explainCost(attempt: Priced): CostExplanation {
  if (attempt.from_cache) return { lines: [], note: 'Answered from the cache: no provider was called.' };
  const sound = soundOf(attempt);
  const ofTokens = sound === null ? [] : [...chargesOfInput(attempt, sound), ...chargesOfOutput(attempt, sound)];
  const charges = [...ofTokens, ...chargesByPiece(attempt)];
  // Counts that cannot be true make no bill.
  const lines = charges.every(({ count }) => count >= 0) ? charges.map(toLine) : [];
  return { lines, note: noteOf(attempt, charges) };
}

function toLine({ label, count, price, per }: Charge): CostLine {
  const unit = per === 'token' ? `$${pricePerMillion(price)} / 1M` : formatUsd(price);
  return { label, formula: `${count.toLocaleString('en')} × ${unit}`, amount: formatUsd(multiplyDecimal(price, count)) };
}

/** What is charged as sound; null where nobody can say. */
function soundOf(attempt: Priced): AudioShare | null {
  const { audio_input_tokens: input, cached_audio_tokens: cached, audio_output_tokens: output } = attempt;
  const priced = {
    input: attempt.audio_input_cost_per_token !== null,
    cacheRead: attempt.audio_cache_read_cost_per_token !== null,
    output: attempt.audio_output_cost_per_token !== null,
  };
  const counts = { input: input ?? 0, cached, output: output ?? 0 };
  return splitAudio(counts, priced, attempt.cached_tokens ?? 0);
}

/** Cached tokens and those of sound are part of the prompt, at prices of their own where there are any. */
function chargesOfInput(attempt: Priced, sound: AudioShare): readonly Charge[] {
  const { prompt_tokens: prompt, input_cost_per_token: input } = attempt;
  if (prompt === null || input === null) return [];
  const cached = attempt.cached_tokens ?? 0;
  const written = attempt.cache_write_tokens ?? 0;
  const writePrice = attempt.cache_write_cost_per_token;
  const cachePrice = attempt.cache_read_cost_per_token;
  const soundPrice = attempt.audio_input_cost_per_token ?? input;
  const long = writePrice === null ? 0 : (attempt.long_cache_write_tokens ?? 0);
  return [
    { label: 'Input', count: prompt - cached - written - sound.input, price: input, per: 'token' },
    ...some({ label: 'Input from cache', count: cached - sound.cached, price: cachePrice ?? input, per: 'token' }),
    ...some({ label: 'Input written to cache', count: written - long, price: writePrice ?? input, per: 'token' }),
    ...some({
      label: 'Input written to cache for an hour',
      count: long,
      price: multiplyDecimal(input, longCacheWriteFactor),
      per: 'token',
    }),
    ...some({ label: 'Audio input', count: sound.input, price: soundPrice, per: 'token' }),
    ...some({
      label: 'Audio input from cache',
      count: sound.cached,
      price: attempt.audio_cache_read_cost_per_token ?? cachePrice ?? soundPrice,
      per: 'token',
    }),
  ];
}

/** Tokens of thinking and of sound are part of the answer; they stand apart only where their price does. */
function chargesOfOutput(attempt: Priced, sound: AudioShare): readonly Charge[] {
  const { completion_tokens: completion, output_cost_per_token: output, reasoning_cost_per_token: reasoning } = attempt;
  if (completion === null || output === null) return [];
  const thought = reasoning === null ? 0 : (attempt.reasoning_tokens ?? 0);
  return [
    { label: 'Output', count: completion - thought - sound.output, price: output, per: 'token' },
    ...some({ label: 'Thinking', count: thought, price: reasoning ?? output, per: 'token' }),
    ...some({ label: 'Audio output', count: sound.output, price: attempt.audio_output_cost_per_token ?? output, per: 'token' }),
  ];
}

function chargesByPiece({ cost, cost_per_request, cost_per_image, cost_per_web_search, images, web_searches }: Priced): readonly Charge[] {
  if (cost === null) return [];
  const searches = cost_per_web_search === null ? 0 : (web_searches ?? 0);
  return [
    ...some({ label: 'Request', count: cost_per_request === null ? 0 : 1, price: cost_per_request ?? '0', per: 'piece' }),
    ...some({ label: 'Images', count: cost_per_image === null ? 0 : (images ?? 0), price: cost_per_image ?? '0', per: 'piece' }),
    ...some({ label: 'Web searches', count: searches, price: cost_per_web_search ?? '0', per: 'piece' }),
  ];
}

function some(charge: Charge): readonly Charge[] {
  return charge.count > 0 ? [charge] : [];
}

function noteOf(attempt: Priced, charges: readonly Charge[]): string | null {
  if (attempt.cost === null) return whyUnknown(attempt);
  if (charges.length < 2) return 'As the provider told it.';
  const sum = charges.reduce((total, { price, count }) => sumDecimals(total, multiplyDecimal(price, count)), '0');
  return compareDecimals(sum, attempt.cost) === 0 ? null : 'Differs from the sum of the lines: the provider told its own figure.';
}

function whyUnknown(attempt: Priced): string {
  if (attempt.prompt_tokens === null && attempt.completion_tokens === null) return 'Unknown: the provider told no token counts.';
  if (attempt.input_cost_per_token === null || attempt.output_cost_per_token === null) {
    return 'Unknown: the model had no price when this call was made. Unknown is not zero.';
  }
  if ((attempt.web_searches ?? 0) > 0 && attempt.cost_per_web_search === null) {
    return 'Unknown: the provider searched the web, and the model had no price for that when this call was made.';
  }
  if (soundOf(attempt) === null) {
    return 'Unknown: the provider did not tell how many of the cached tokens are audio, which has a price of its own.';
  }
  return 'Unknown: the counts that the provider told do not fit together.';
}
