import { type Attempt, longCacheWriteFactor } from '@pipelines/contracts';
import { compareDecimals, formatUsd, multiplyDecimal, pricePerMillion, sumDecimals } from '../../ui/decimal-text.ts';

type Priced = Pick<
  Attempt,
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'cached_tokens'
  | 'cache_write_tokens'
  | 'long_cache_write_tokens'
  | 'reasoning_tokens'
  | 'images'
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_cost_per_token'
  | 'cache_write_cost_per_token'
  | 'reasoning_cost_per_token'
  | 'cost_per_request'
  | 'cost_per_image'
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
  const charges = [...chargesOfInput(attempt), ...chargesOfOutput(attempt), ...chargesByPiece(attempt)];
  return { lines: charges.map(toLine), note: noteOf(attempt, charges) };
}

function toLine({ label, count, price, per }: Charge): CostLine {
  const unit = per === 'token' ? `$${pricePerMillion(price)} / 1M` : formatUsd(price);
  return { label, formula: `${count.toLocaleString('en')} × ${unit}`, amount: formatUsd(multiplyDecimal(price, count)) };
}

/** Cached tokens are part of the prompt, at a price of their own where there is one. */
function chargesOfInput(attempt: Priced): readonly Charge[] {
  const { prompt_tokens: prompt, input_cost_per_token: input } = attempt;
  if (prompt === null || input === null) return [];
  const cached = attempt.cached_tokens ?? 0;
  const written = attempt.cache_write_tokens ?? 0;
  const writePrice = attempt.cache_write_cost_per_token;
  const long = writePrice === null ? 0 : (attempt.long_cache_write_tokens ?? 0);
  return [
    { label: 'Input', count: prompt - cached - written, price: input, per: 'token' },
    ...some({ label: 'Input from cache', count: cached, price: attempt.cache_read_cost_per_token ?? input, per: 'token' }),
    ...some({ label: 'Input written to cache', count: written - long, price: writePrice ?? input, per: 'token' }),
    ...some({
      label: 'Input written to cache for an hour',
      count: long,
      price: multiplyDecimal(input, longCacheWriteFactor),
      per: 'token',
    }),
  ];
}

/** Tokens of thinking are part of the answer; they stand apart only where their price does. */
function chargesOfOutput(attempt: Priced): readonly Charge[] {
  const { completion_tokens: completion, output_cost_per_token: output, reasoning_cost_per_token: reasoning } = attempt;
  if (completion === null || output === null) return [];
  const thought = reasoning === null ? 0 : (attempt.reasoning_tokens ?? 0);
  return [
    { label: 'Output', count: completion - thought, price: output, per: 'token' },
    ...some({ label: 'Thinking', count: thought, price: reasoning ?? output, per: 'token' }),
  ];
}

function chargesByPiece({ cost, cost_per_request, cost_per_image, images }: Priced): readonly Charge[] {
  if (cost === null) return [];
  return [
    ...some({ label: 'Request', count: cost_per_request === null ? 0 : 1, price: cost_per_request ?? '0', per: 'piece' }),
    ...some({ label: 'Images', count: cost_per_image === null ? 0 : (images ?? 0), price: cost_per_image ?? '0', per: 'piece' }),
  ];
}

function some(charge: Charge): readonly Charge[] {
  return charge.count > 0 ? [charge] : [];
}

function noteOf({ cost, prompt_tokens, completion_tokens }: Priced, charges: readonly Charge[]): string | null {
  if (cost === null) {
    if (prompt_tokens === null && completion_tokens === null) return 'Unknown: the provider told no token counts.';
    return 'Unknown: the model had no price when this call was made. Unknown is not zero.';
  }
  if (charges.length < 2) return 'As the provider told it.';
  const sum = charges.reduce((total, { price, count }) => sumDecimals(total, multiplyDecimal(price, count)), '0');
  return compareDecimals(sum, cost) === 0 ? null : 'Differs from the sum of the lines: the provider told its own figure.';
}
