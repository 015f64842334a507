import { probeBudget } from '@pipelines/contracts';
import { multiplyDecimal, sumDecimals } from '../../../ui/decimal-text.ts';

/** What a probe costs at most, in USD; null while a price is unknown. */
export function probePrice(inputPerToken: string | null, outputPerToken: string | null): string | null {
  if (inputPerToken === null || outputPerToken === null) return null;
  const { promptTokens, completionTokens } = probeBudget;
  return sumDecimals(multiplyDecimal(inputPerToken, promptTokens), multiplyDecimal(outputPerToken, completionTokens));
}
