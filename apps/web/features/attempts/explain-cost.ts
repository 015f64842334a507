import type { Attempt } from '@pipelines/contracts';
import { compareDecimals, formatUsd, multiplyDecimal, pricePerMillion, sumDecimals } from '../../ui/decimal-text.ts';

type Priced = Pick<
  Attempt,
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'cached_tokens'
  | 'cache_write_tokens'
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_cost_per_token'
  | 'cache_write_cost_per_token'
  | 'cost'
>;

/** One line of a bill: so many tokens at a price. */
export interface CostLine {
  readonly label: string;
  readonly tokens: number;
  /** USD per 1M tokens. */
  readonly price: string;
  readonly amount: string;
}

export interface CostExplanation {
  readonly lines: readonly CostLine[];
  /** Why the cost is what it is, where the lines do not say it all. */
  readonly note: string | null;
}

interface Charge {
  readonly label: string;
  readonly tokens: number;
  readonly price: string;
}

/** The formula behind a cost, in exact arithmetic; or why there is none. */
export function explainCost(attempt: Priced): CostExplanation {
  const charges = chargesOf(attempt);
  const lines = charges.map(({ label, tokens, price }) => ({
    label,
    tokens,
    price: `$${pricePerMillion(price)}`,
    amount: formatUsd(multiplyDecimal(price, tokens)),
  }));
  return { lines, note: noteOf(attempt, charges) };
}

/** What was charged apart: cached tokens are part of the prompt, at a price of their own where there is one. */
function chargesOf(attempt: Priced): readonly Charge[] {
  const { prompt_tokens: prompt, completion_tokens: completion, input_cost_per_token: input, output_cost_per_token: output } = attempt;
  const cached = attempt.cached_tokens ?? 0;
  const written = attempt.cache_write_tokens ?? 0;
  const charges: Charge[] = [];
  if (prompt !== null && input !== null) {
    charges.push({ label: 'Input', tokens: prompt - cached - written, price: input });
    if (cached > 0) charges.push({ label: 'Input from cache', tokens: cached, price: attempt.cache_read_cost_per_token ?? input });
    if (written > 0) charges.push({ label: 'Input written to cache', tokens: written, price: attempt.cache_write_cost_per_token ?? input });
  }
  if (completion !== null && output !== null) charges.push({ label: 'Output', tokens: completion, price: output });
  return charges;
}

function noteOf({ cost, prompt_tokens, completion_tokens }: Priced, charges: readonly Charge[]): string | null {
  if (cost === null) {
    if (prompt_tokens === null && completion_tokens === null) return 'Unknown: the provider told no token counts.';
    return 'Unknown: the model had no price when this call was made. Unknown is not zero.';
  }
  if (charges.length < 2) return 'As the provider told it.';
  const sum = charges.reduce((total, { price, tokens }) => sumDecimals(total, multiplyDecimal(price, tokens)), '0');
  return compareDecimals(sum, cost) === 0 ? null : 'Differs from the sum of the lines: the provider told its own figure.';
}
