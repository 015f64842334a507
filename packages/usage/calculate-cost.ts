import { longCacheWriteFactor, type TokenUsage, type UnitPrices } from '@pipelines/contracts';
import { checkUsage } from './check-usage.ts';
import { choosePrices } from './choose-prices.ts';

interface FixedPoint {
  readonly units: bigint;
  /** Digits behind the point. */
  readonly scale: number;
}

const decimalShape = /^(\d+)(?:\.(\d+))?$/;

/**
 * What a call costs, in USD, as an exact decimal string: never rounded, never a float.
 *
 * Prompt tokens include the cached and the cache-written ones, answer tokens those of thinking; each is charged
 * at its own price where there is one, and as input or output otherwise. Null when the usage or a price is
 * unknown, or cannot be true, which is not the same as free.
 *
 * @param images sent with the call; null: not counted, which makes the cost unknown where images have a price
 */
export function calculateCost(usage: TokenUsage | null, unitPrices: UnitPrices, images: number | null = null): string | null {
  if (usage === null || checkUsage(usage) === null) return null;
  const prices = choosePrices(usage, unitPrices);
  if (prices.input === null || prices.output === null) return null;
  const cached = usage.cachedTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const plain = usage.promptTokens - cached - written;
  const thought = prices.reasoning == null ? 0 : (usage.reasoningTokens ?? 0);
  // Told beside the answer's tokens instead of among them: nobody can say what was charged.
  if (thought > usage.completionTokens || (prices.image != null && images === null)) return null;
  let sum = add(multiply(prices.input, plain), multiply(prices.output, usage.completionTokens - thought));
  if (cached > 0) sum = add(sum, multiply(prices.cacheRead ?? prices.input, cached));
  // What stays longer is dearer, where writing is dearer at all.
  const writtenLong = prices.cacheWrite === null ? 0 : (usage.longCacheWriteTokens ?? 0);
  if (writtenLong > 0) sum = add(sum, multiply(prices.input, writtenLong * longCacheWriteFactor));
  if (written > writtenLong) sum = add(sum, multiply(prices.cacheWrite ?? prices.input, written - writtenLong));
  if (prices.reasoning != null && thought > 0) sum = add(sum, multiply(prices.reasoning, thought));
  if (prices.request != null) sum = add(sum, multiply(prices.request, 1));
  if (prices.image != null && images !== null) sum = add(sum, multiply(prices.image, images));
  return format(sum);
}

function multiply(price: string, tokens: number): FixedPoint {
  const { units, scale } = parseDecimal(price);
  return { units: units * BigInt(tokens), scale };
}

function add(left: FixedPoint, right: FixedPoint): FixedPoint {
  if (left.scale === right.scale) return { units: left.units + right.units, scale: left.scale };
  const scale = Math.max(left.scale, right.scale);
  return { units: left.units * powerOfTen(scale - left.scale) + right.units * powerOfTen(scale - right.scale), scale };
}

function format({ units, scale }: FixedPoint): string {
  const digits = units.toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** Prices are few and calls are many: each price is read once. */
const parsedPrices = new Map<string, FixedPoint>();
const maxParsedPrices = 4096;

function parseDecimal(text: string): FixedPoint {
  const known = parsedPrices.get(text);
  if (known !== undefined) return known;
  const match = decimalShape.exec(text);
  if (match === null) throw new RangeError('A unit price is not a plain decimal number.');
  const fraction = match[2] ?? '';
  const parsed = { units: BigInt(`${match[1]}${fraction}`), scale: fraction.length };
  if (parsedPrices.size >= maxParsedPrices) parsedPrices.clear();
  parsedPrices.set(text, parsed);
  return parsed;
}
