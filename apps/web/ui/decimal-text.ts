const decimalShape = /^(\d+)(?:\.(\d+))?$/;

interface Decimal {
  readonly digits: bigint;
  /** How many of the digits stand behind the point. */
  readonly places: number;
}

function parse(text: string): Decimal {
  const match = decimalShape.exec(text);
  if (!match) throw new RangeError('Not a decimal number');
  const [, whole = '', fraction = ''] = match;
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

function print({ digits, places }: Decimal): string {
  const text = digits.toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Moves the point: by 6 to the right is a million times as much. Exact. */
export function shiftDecimal(text: string, by: number): string {
  const { digits, places } = parse(text);
  return places >= by ? print({ digits, places: places - by }) : print({ digits: digits * 10n ** BigInt(by - places), places: 0 });
}

/** Rounds half up to so many places behind the point, and keeps them: `2.5` → `2.50`. */
export function roundDecimal(text: string, toPlaces: number): string {
  const { digits, places } = parse(text);
  if (places <= toPlaces) return padFraction(print({ digits, places }), toPlaces);
  const divisor = 10n ** BigInt(places - toPlaces);
  return padFraction(print({ digits: (digits + divisor / 2n) / divisor, places: toPlaces }), toPlaces);
}

function padFraction(text: string, atLeast: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  return atLeast === 0 && !fraction ? whole : `${whole}.${fraction.padEnd(atLeast, '0')}`;
}

/** USD as people read it, exact to the last digit: `1234.5` → `$1,234.50`, `0.000123` → `$0.000123`. */
export function formatUsd(text: string): string {
  const [whole = '0', fraction = ''] = padFraction(print(parse(text)), 2).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/** A price in USD per token as USD per 1M tokens: `0.0000025` → `2.50`. Exact. */
export function pricePerMillion(perToken: string): string {
  return padFraction(shiftDecimal(perToken, 6), 2);
}

/** What somebody typed as USD per 1M tokens, as a price per token; null when it is no price. Exact. */
export function perTokenFromMillion(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^\$\s*/, '')
    .replaceAll(',', '')
    .replace(/^\./, '0.')
    .replace(/\.$/, '');
  if (!decimalShape.test(text)) return null;
  const { digits, places } = parse(text);
  const perToken = print({ digits, places: places + 6 });
  const [whole = '', fraction = ''] = perToken.split('.');
  return whole.length <= 18 && fraction.length <= 18 ? perToken : null;
}

/** So many times a decimal. Exact. */
export function multiplyDecimal(text: string, count: number): string {
  const { digits, places } = parse(text);
  return print({ digits: digits * BigInt(count), places });
}

/** The sum of two decimals. Exact. */
export function sumDecimals(left: string, right: string): string {
  const [a, b] = [parse(left), parse(right)];
  const places = Math.max(a.places, b.places);
  return print({ digits: a.digits * 10n ** BigInt(places - a.places) + b.digits * 10n ** BigInt(places - b.places), places });
}

/** Compares by value, not by text: negative, zero or positive. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [parse(left), parse(right)];
  const places = Math.max(a.places, b.places);
  const difference = a.digits * 10n ** BigInt(places - a.places) - b.digits * 10n ** BigInt(places - b.places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
