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
  const thought = BigInt(usage.reasoningTokens ?? 0);
  if (fromCache + toCache > prompt) return null;

  let [input, output, cacheRead, cacheWrite, reasoning] = [
    prices.input,
    prices.output,
    prices.cacheRead,
    prices.cacheWrite,
    prices.reasoning ?? null,
  ];
  for (const tier of prices.tiers ?? []) {
    if (usage.promptTokens <= tier.abovePromptTokens) break;
    if (tier.input !== null) input = tier.input;
    if (tier.output !== null) output = tier.output;
    if (tier.cacheRead !== null) cacheRead = tier.cacheRead;
    if (tier.cacheWrite !== null) cacheWrite = tier.cacheWrite;
    if (tier.reasoning != null) reasoning = tier.reasoning;
  }
  if (input === null || output === null) return null;
  let sum = (prompt - fromCache - toCache) * atoms(input);
  sum += fromCache * atoms(cacheRead === null ? input : cacheRead);
  sum += toCache * atoms(cacheWrite === null ? input : cacheWrite);
  if (reasoning === null) sum += answer * atoms(output);
  else if (thought > answer) return null;
  else sum += (answer - thought) * atoms(output) + thought * atoms(reasoning);
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
const tokens = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 700_000_000 }));

const tier: fc.Arbitrary<UnitPriceTier> = fc.record({
  abovePromptTokens: fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 1_000_000_000 })),
  input: maybe,
  output: maybe,
  cacheRead: maybe,
  cacheWrite: maybe,
  reasoning: fc.option(price, { nil: undefined }),
});
const prices: fc.Arbitrary<UnitPrices> = fc.record({
  input: mostly,
  output: mostly,
  cacheRead: maybe,
  cacheWrite: maybe,
  reasoning: maybe,
  request: maybe,
  image: maybe,
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
      thought: fc.option(tokens),
      /** A provider that tells what cannot be true. */
      lies: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
    })
    .map(({ plain, answer, cachedTokens, cacheWriteTokens, thought, lies }) => ({
      promptTokens: lies ? plain : plain + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0),
      completionTokens: lies ? answer : answer + (thought ?? 0),
      cachedTokens,
      cacheWriteTokens,
      reasoningTokens: thought,
      providerCost: null,
    })),
  { freq: 20 },
);
const images = fc.option(fc.integer({ min: 0, max: 500 }), { freq: 4 });

describe('the cost of a call', () => {
  it('is what an exact recomputation says, for every price set and usage', () => {
    const seen = { known: 0, unknown: 0, tier: 0 };
    fc.assert(
      fc.property(usage, prices, images, (call, book, sent) => {
        const expected = costInAtoms(call, book, sent);
        expect(calculateCost(call, book, sent)).toBe(expected === null ? null : printed(expected));
        seen[expected === null ? 'unknown' : 'known'] += 1;
        if (expected !== null && book.tiers?.some(({ abovePromptTokens }) => (call?.promptTokens ?? 0) > abovePromptTokens)) seen.tier += 1;
      }),
      { numRuns: 4_000 },
    );
    // The property speaks of something: neither side is all that was tried.
    expect(Math.min(seen.known, seen.unknown, seen.tier)).toBeGreaterThan(200);
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
});
