/**
 * Money on the way of a call is counted in whole billionths of a dollar, always to our disadvantage: what is spent is
 * rounded up. The database and the log keep exact decimals.
 */
const nanosPerUsd = 1_000_000_000;
const fractionDigits = 9;

/** A decimal string in USD as billionths, rounded up. */
export function toNanoUsd(usd: string): number {
  const [whole = '0', fraction = ''] = usd.split('.');
  const rest = /[1-9]/.test(fraction.slice(fractionDigits)) ? 1 : 0;
  return Number(whole) * nanosPerUsd + Number(fraction.slice(0, fractionDigits).padEnd(fractionDigits, '0')) + rest;
}

/** Billionths as an exact decimal string, such as `0.0125`. */
export function fromNanoUsd(nanos: number): string {
  const digits = String(Math.abs(nanos)).padStart(fractionDigits + 1, '0');
  const fraction = digits.slice(-fractionDigits).replace(/0+$/, '');
  const text = digits.slice(0, -fractionDigits) + (fraction === '' ? '' : `.${fraction}`);
  return nanos < 0 ? `-${text}` : text;
}

/** For a sentence: `$5`, `$0.0125`; what is left is never told as more than it is. */
export function tellUsd(nanos: number): string {
  return `$${fromNanoUsd(Math.max(0, nanos))}`;
}
