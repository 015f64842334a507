/** A rate with the interval in which the true one lies with 95 % confidence. */
export interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

const z95 = 1.959963984540054;

/** Wilson's interval: honest for few rows, and never beyond 0 and 1. Null for no rows. */
export function rateOf(passed: number, total: number): Rate | null {
  if (total === 0) return null;
  const rate = passed / total;
  const weight = z95 ** 2 / total;
  const middle = (rate + weight / 2) / (1 + weight);
  const half = (z95 * Math.sqrt((rate * (1 - rate) + weight / 4) / total)) / (1 + weight);
  // Rounding must not put the rate itself outside.
  return { rate, low: Math.max(0, Math.min(rate, middle - half)), high: Math.min(1, Math.max(rate, middle + half)) };
}

/**
 * How likely a split at least as uneven as `won` to `lost` is if each row were as likely to go either way: the exact
 * two-sided sign test. 1 when nothing was won or lost.
 */
export function signTest(won: number, lost: number): number {
  const total = won + lost;
  const fewer = Math.min(won, lost);
  // Binomial coefficients of thousands of rows are beyond any number; their logarithms are not.
  let logWays = 0;
  let tail = 0;
  for (let count = 0; count <= fewer; count += 1) {
    if (count > 0) logWays += Math.log(total - count + 1) - Math.log(count);
    tail += Math.exp(logWays - total * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
