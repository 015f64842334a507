import { type AudioShare, longCacheWriteFactor, splitAudio, type TokenUsage, type UnitPrices } from '@pipelines/contracts';
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
 * Prompt tokens include the cached and the cache-written ones, answer tokens those of thinking, both those of sound;
 * each is charged once, at its own price where there is one, and as input or output otherwise: sound without a price
 * of its own costs what text does. Null when the usage or a price is unknown, that of a search of the web included,
 * or cannot be true, which is not the same as free.
 *
 * @param images sent with the call; null: not counted, which makes the cost unknown where images have a price
 */
export function calculateCost(usage: TokenUsage | null, unitPrices: UnitPrices, images: number | null = null): string | null {
  if (usage === null || checkUsage(usage) === null) return null;
  const prices = choosePrices(usage, unitPrices);
  const { input, output } = prices;
  const searches = usage.webSearches ?? 0;
  if (input === null || output === null || (searches > 0 && prices.webSearch == null)) return null;
  const cached = usage.cachedTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const sound = soundOf(usage, prices, cached);
  if (sound === null) return null;
  const thought = prices.reasoning == null ? 0 : (usage.reasoningTokens ?? 0);
  const plain = usage.promptTokens - cached - written - sound.input;
  const said = usage.completionTokens - thought - sound.output;
  // Told beside the tokens that they should be among: nobody can say what was charged.
  if (plain < 0 || said < 0 || (prices.image != null && images === null)) return null;
  // What stays longer is dearer, where writing is dearer at all.
  const writtenLong = prices.cacheWrite === null ? 0 : (usage.longCacheWriteTokens ?? 0);
  let sum = add(multiply(input, plain), multiply(output, said));
  sum = charge(sum, prices.cacheRead ?? input, cached - sound.cached);
  sum = charge(sum, input, writtenLong * longCacheWriteFactor);
  sum = charge(sum, prices.cacheWrite ?? input, written - writtenLong);
  sum = charge(sum, prices.reasoning, thought);
  sum = charge(sum, prices.audioInput ?? input, sound.input);
  sum = charge(sum, prices.audioCacheRead ?? prices.cacheRead ?? prices.audioInput ?? input, sound.cached);
  sum = charge(sum, prices.audioOutput, sound.output);
  sum = charge(sum, prices.webSearch, searches);
  sum = charge(sum, prices.request, 1);
  return format(charge(sum, prices.image, images ?? 0));
}

function soundOf(usage: TokenUsage, prices: UnitPrices, cached: number): AudioShare | null {
  const { audioInputTokens, cachedAudioTokens = null, audioOutputTokens } = usage;
  // Most calls are silent.
  if (!audioInputTokens && !audioOutputTokens) return silence;
  const counts = { input: audioInputTokens ?? 0, cached: cachedAudioTokens, output: audioOutputTokens ?? 0 };
  const priced = { input: prices.audioInput != null, cacheRead: prices.audioCacheRead != null, output: prices.audioOutput != null };
  return splitAudio(counts, priced, cached);
}

const silence: AudioShare = { input: 0, cached: 0, output: 0 };

/** `count` more at a price; nothing where there is no such price. */
function charge(sum: FixedPoint, price: string | null | undefined, count: number): FixedPoint {
  return count === 0 || price == null ? sum : add(sum, multiply(price, count));
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
