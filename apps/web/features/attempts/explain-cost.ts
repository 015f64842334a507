import type { Attempt } from '@pipelines/contracts';
import { compareDecimals, formatUsd, multiplyDecimal, pricePerMillion, sumDecimals } from '../../ui/decimal-text.ts';

type Priced = Pick<Attempt, 'prompt_tokens' | 'completion_tokens' | 'input_cost_per_token' | 'output_cost_per_token' | 'cost'>;

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

/** The formula behind a cost, in exact arithmetic; or why there is none. */
export function explainCost(attempt: Priced): CostExplanation {
  const lines = [
    costLine('Input', attempt.prompt_tokens, attempt.input_cost_per_token),
    costLine('Output', attempt.completion_tokens, attempt.output_cost_per_token),
  ].filter((line) => line !== null);
  return { lines, note: noteOf(attempt, lines) };
}

function costLine(label: string, tokens: number | null, pricePerToken: string | null): CostLine | null {
  if (tokens === null || pricePerToken === null) return null;
  const amount = multiplyDecimal(pricePerToken, tokens);
  return { label, tokens, price: `$${pricePerMillion(pricePerToken)}`, amount: formatUsd(amount) };
}

function noteOf(attempt: Priced, lines: readonly CostLine[]): string | null {
  if (attempt.cost === null) {
    if (attempt.prompt_tokens === null && attempt.completion_tokens === null) return 'Unknown: the provider told no token counts.';
    return 'Unknown: the model had no price when this call was made. Unknown is not zero.';
  }
  if (lines.length < 2) return 'As the provider told it.';
  const { prompt_tokens, completion_tokens, input_cost_per_token, output_cost_per_token } = attempt;
  const plain = sumDecimals(
    multiplyDecimal(input_cost_per_token ?? '0', prompt_tokens ?? 0),
    multiplyDecimal(output_cost_per_token ?? '0', completion_tokens ?? 0),
  );
  if (compareDecimals(plain, attempt.cost) === 0) return null;
  return 'Differs from the sum of the lines: cached tokens have a price of their own, or the provider told its own figure.';
}
