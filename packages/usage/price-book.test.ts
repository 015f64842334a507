import type { TokenUsage, UnitPrices, UnitPriceTier } from '@pipelines/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculateCost } from './calculate-cost.ts';

/** What a call costs, told anew in whole atoms of 10^-18 USD, the finest step that a price can have. Null: unknown. */
function costInAtoms(usage: TokenUsage | null, prices: UnitPrices, images: number | null): bigint | null {
  if (usage === null) return null;
  const prompt = BigInt(usage.promptTokens);
  const answer = BigInt(usage.completionTokens);
  const fromCache = BigInt(usage.cachedTokens ?? 0);
  const toCache = BigInt(usage.cacheWriteTokens ?? 0);
  const toCacheForAnHour = BigInt(usage.longCacheWriteTokens ?? 0);
  const thought = BigInt(usage.reasoningTokens ?? 0);
  const heard = BigInt(usage.audioInputTokens ?? 0);
  const heardFromCache = BigInt(usage.cachedAudioTokens ?? 0);
  const spoken = BigInt(usage.audioOutputTokens ?? 0);
  const searches = BigInt(usage.webSearches ?? 0);
  if (fromCache + toCache > prompt || toCacheForAnHour > toCache) return null;
  if (heard > prompt || spoken > answer || heardFromCache > heard || heardFromCache > fromCache) return null;

  let [input, output, cacheRead, cacheWrite, reasoning] = [
    prices.input,
    prices.output,
    prices.cacheRead,
    prices.cacheWrite,
    prices.reasoning ?? null,
  ];
  let [audioInput, audioOutput, audioCacheRead] = [prices.audioInput ?? null, prices.audioOutput ?? null, prices.audioCacheRead ?? null];
  for (const tier of prices.tiers ?? []) {
    if (usage.promptTokens <= tier.abovePromptTokens) break;
    if (tier.input !== null) input = tier.input;
    if (tier.output !== null) output = tier.output;
    if (tier.cacheRead !== null) cacheRead = tier.cacheRead;
    if (tier.cacheWrite !== null) cacheWrite = tier.cacheWrite;
    if (tier.reasoning != null) reasoning = tier.reasoning;
    if (tier.audioInput != null) audioInput = tier.audioInput;
    if (tier.audioOutput != null) audioOutput = tier.audioOutput;
    if (tier.audioCacheRead != null) audioCacheRead = tier.audioCacheRead;
  }
  if (input === null || output === null) return null;
  // As if all were text, and then what sound costs more or less than that.
  let sum = (prompt - fromCache - toCache) * atoms(input);
  const ofCache = atoms(cacheRead === null ? input : cacheRead);
  sum += fromCache * ofCache;
  sum += toCache * atoms(cacheWrite === null ? input : cacheWrite);
  if (cacheWrite !== null) sum += toCacheForAnHour * (2n * atoms(input) - atoms(cacheWrite));
  if (heard > 0n && (audioInput !== null || audioCacheRead !== null)) {
    if (fromCache > 0n && usage.cachedAudioTokens == null) return null;
    if (heard - heardFromCache > prompt - fromCache - toCache) return null;
    const sound = atoms(audioInput === null ? input : audioInput);
    sum += (heard - heardFromCache) * (sound - atoms(input));
    const soundOfCache = audioCacheRead !== null ? atoms(audioCacheRead) : cacheRead !== null ? ofCache : sound;
    sum += heardFromCache * (soundOfCache - ofCache);
  }
  const apart = (reasoning === null ? 0n : thought) + (audioOutput === null ? 0n : spoken);
  if (apart > answer) return null;
  sum += (answer - apart) * atoms(output);
  if (reasoning !== null) sum += thought * atoms(reasoning);
  if (audioOutput !== null) sum += spoken * atoms(audioOutput);
  if (searches > 0n) {
    if (prices.webSearch == null) return null;
    sum += searches * atoms(prices.webSearch);
  }
  if (prices.request != null) sum += atoms(prices.request);
  if (prices.image != null) {
    if (images === null) return null;
    sum += BigInt(images) * atoms(prices.image);
  }
  return sum;
}

function atoms(price: string): bigint {
  const [whole = '', fraction = ''] = price.split('.');
  return BigInt(whole) * 10n ** 18n + BigInt(fraction.padEnd(18, '0'));
}

function printed(sum: bigint): string {
  const text = sum.toString().padStart(19, '0');
  return `${text.slice(0, -18)}.${text.slice(-18)}`.replace(/0+$/, '').replace(/\.$/, '');
}

const price = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 18 })).map(([digits, places]) => {
  const text = digits.toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
});
const maybe = fc.option(price, { freq: 2 });
/** Mostly known: of an unknown price there is no more to say than that. */
const mostly = fc.option(price, { freq: 12 });
/** Four of them together are still a count that the log can hold. */
const tokens = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 500_000_000 }));

const tier: fc.Arbitrary<UnitPriceTier> = fc.record({
  abovePromptTokens: fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 1_000_000_000 })),
  input: maybe,
  output: maybe,
  cacheRead: maybe,
  cacheWrite: maybe,
  reasoning: fc.option(price, { nil: undefined }),
  audioInput: fc.option(price, { nil: undefined }),
  audioOutput: fc.option(price, { nil: undefined }),
  audioCacheRead: fc.option(price, { nil: undefined }),
});
const prices: fc.Arbitrary<UnitPrices> = fc.record({
  input: mostly,
  output: mostly,
  cacheRead: maybe,
  cacheWrite: maybe,
  reasoning: maybe,
  request: maybe,
  image: maybe,
  audioInput: maybe,
  audioOutput: maybe,
  audioCacheRead: maybe,
  webSearch: mostly,
  tiers: fc
    .uniqueArray(tier, { maxLength: 4, selector: ({ abovePromptTokens }) => abovePromptTokens })
    .map((tiers) => tiers.sort((a, b) => a.abovePromptTokens - b.abovePromptTokens)),
});
const usage: fc.Arbitrary<TokenUsage | null> = fc.option(
  fc
    .record({
      plain: tokens,
      answer: tokens,
      cachedTokens: fc.option(tokens),
      cacheWriteTokens: fc.option(tokens),
      longCacheWriteTokens: fc.option(tokens),
      thought: fc.option(tokens),
      heard: fc.option(tokens),
      cachedAudioTokens: fc.option(tokens, { freq: 4 }),
      spoken: fc.option(tokens),
      webSearches: fc.option(fc.integer({ min: 0, max: 40 })),
      /** A provider that tells what cannot be true. */
      lies: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
    })
    .map(({ plain, answer, thought, heard, spoken, lies, ...told }) => {
      const text = {
        cachedTokens: told.cachedTokens,
        cacheWriteTokens: told.cacheWriteTokens,
        reasoningTokens: thought,
        providerCost: null,
      };
      const sound = { audioInputTokens: heard, audioOutputTokens: spoken, webSearches: told.webSearches };
      if (lies) return { ...text, ...sound, ...told, promptTokens: plain, completionTokens: answer };
      const cachedAudioTokens = told.cachedAudioTokens === null ? null : Math.min(told.cachedAudioTokens, heard ?? 0);
      const cachedTokens = told.cachedTokens === null && !cachedAudioTokens ? null : (told.cachedTokens ?? 0) + (cachedAudioTokens ?? 0);
      const longCacheWriteTokens = told.longCacheWriteTokens && Math.min(told.longCacheWriteTokens, told.cacheWriteTokens ?? 0);
      const heardNow = (heard ?? 0) - (cachedAudioTokens ?? 0);
      return {
        ...text,
        ...sound,
        promptTokens: plain + (cachedTokens ?? 0) + (told.cacheWriteTokens ?? 0) + heardNow,
        completionTokens: answer + (thought ?? 0) + (spoken ?? 0),
        cachedTokens,
        cachedAudioTokens,
        longCacheWriteTokens,
      };
    }),
  { freq: 20 },
);
const images = fc.option(fc.integer({ min: 0, max: 500 }), { freq: 4 });

describe('the cost of a call', () => {
  it('is what an exact recomputation says, for every price set and usage', () => {
    const seen = { known: 0, unknown: 0, tier: 0, sound: 0, cachedSound: 0, searches: 0 };
    fc.assert(
      fc.property(usage, prices, images, (call, book, sent) => {
        const expected = costInAtoms(call, book, sent);
        expect(calculateCost(call, book, sent)).toBe(expected === null ? null : printed(expected));
        seen[expected === null ? 'unknown' : 'known'] += 1;
        if (expected !== null && book.tiers?.some(({ abovePromptTokens }) => (call?.promptTokens ?? 0) > abovePromptTokens)) seen.tier += 1;
        if (expected === null || call === null) return;
        if (book.audioInput && call.audioInputTokens) seen.sound += 1;
        if (book.audioCacheRead && call.cachedAudioTokens) seen.cachedSound += 1;
        if (call.webSearches) seen.searches += 1;
      }),
      { numRuns: 4_000 },
    );
    // The property speaks of something: neither side is all that was tried.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(200);
  });

  it('counts thinking, requests and images at their own prices, once', () => {
    const call = {
      promptTokens: 10,
      completionTokens: 8,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: 5,
      providerCost: null,
    };
    const book = { input: '1', output: '10', cacheRead: null, cacheWrite: null, reasoning: '100', request: '0.5', image: '0.25' };
    expect(calculateCost(call, book, 2)).toBe('541');
    expect(calculateCost(call, { ...book, reasoning: null }, 0)).toBe('90.5');
    expect(calculateCost(call, book, null)).toBeNull();
    expect(calculateCost({ ...call, reasoningTokens: 9 }, book, 0)).toBeNull();
    // Some providers tell thinking beside the answer; where it has no price of its own that changes nothing.
    expect(calculateCost({ ...call, reasoningTokens: 9 }, { ...book, reasoning: null }, 0)).toBe('90.5');
  });

  it('counts audio once, at its own price where there is one, and as text otherwise', () => {
    const call = {
      promptTokens: 100,
      completionTokens: 20,
      cachedTokens: 40,
      cacheWriteTokens: null,
      reasoningTokens: null,
      audioInputTokens: 50,
      cachedAudioTokens: 30,
      audioOutputTokens: 5,
      providerCost: null,
    };
    const text = { input: '1', output: '10', cacheRead: '0.1', cacheWrite: null };
    expect(calculateCost(call, text)).toBe('264');
    expect(calculateCost(call, { ...text, audioInput: '3' })).toBe('304');
    expect(calculateCost(call, { ...text, audioInput: '3', audioCacheRead: '0.5' })).toBe('316');
    expect(calculateCost(call, { ...text, cacheRead: null, audioInput: '3' })).toBe('400');
    expect(calculateCost(call, { ...text, audioOutput: '100' })).toBe('714');
    // Nobody tells which of the cached tokens are sound: that matters only where sound has a price of its own.
    expect(calculateCost({ ...call, cachedAudioTokens: null }, text)).toBe('264');
    expect(calculateCost({ ...call, cachedAudioTokens: null }, { ...text, audioInput: '3' })).toBeNull();
  });

  it('is unknown where the provider has searched the web and nobody knows what a search costs', () => {
    const call = {
      promptTokens: 10,
      completionTokens: 1,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
      providerCost: null,
    };
    const book = { input: '1', output: '10', cacheRead: null, cacheWrite: null };
    expect(calculateCost({ ...call, webSearches: 3 }, { ...book, webSearch: '0.01' })).toBe('20.03');
    expect(calculateCost({ ...call, webSearches: 3 }, { ...book, webSearch: '0' })).toBe('20');
    expect(calculateCost({ ...call, webSearches: 3 }, book)).toBeNull();
    expect(calculateCost({ ...call, webSearches: 0 }, book)).toBe('20');
  });
});
