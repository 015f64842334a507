import type { TokenUsage, UnitPrices } from '@pipelines/contracts';
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculateCost } from './calculate-cost.ts';

const usageOf = (promptTokens: number, completionTokens: number, more: Partial<TokenUsage> = {}): TokenUsage => ({
  promptTokens,
  completionTokens,
  cachedTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
  providerCost: null,
  ...more,
});
const pricesOf = (input: string | null, output: string | null, more: Partial<UnitPrices> = {}): UnitPrices => ({
  input,
  output,
  cacheRead: null,
  cacheWrite: null,
  ...more,
});

describe('calculateCost', () => {
  it('is exact where floats are not', () => {
    expect(calculateCost(usageOf(1_000_003, 0), pricesOf('0.00000015', '0'))).toBe('0.15000045');
    expect(0.00000015 * 1_000_003).not.toBe(0.15000045);
  });

  it('charges cached and cache-written tokens at their own price, or at the input price', () => {
    const usage = usageOf(100, 10, { cachedTokens: 60, cacheWriteTokens: 30 });
    expect(calculateCost(usage, pricesOf('0.01', '0.1', { cacheRead: '0.001', cacheWrite: '0.0125' }))).toBe('1.535');
    expect(calculateCost(usage, pricesOf('0.01', '0.1'))).toBe('2');
  });

  it('charges what is written for an hour at twice the input, where writing is dearer than input at all', () => {
    const usage = usageOf(100, 10, { cachedTokens: 60, cacheWriteTokens: 30, longCacheWriteTokens: 20 });
    expect(calculateCost(usage, pricesOf('0.01', '0.1', { cacheRead: '0.001', cacheWrite: '0.0125' }))).toBe('1.685');
    expect(calculateCost(usage, pricesOf('0.01', '0.1'))).toBe('2');
  });

  it('charges a long prompt, cached tokens included, as its tier says, and the rest as before', () => {
    const tiers = [
      { abovePromptTokens: 100, input: '0.02', output: '0.3', cacheRead: null, cacheWrite: null },
      { abovePromptTokens: 1_000, input: '0.04', output: null, cacheRead: '0.004', cacheWrite: null },
    ];
    const prices = pricesOf('0.01', '0.1', { cacheRead: '0.001', tiers });
    expect(calculateCost(usageOf(100, 10), prices)).toBe('2');
    expect(calculateCost(usageOf(101, 10), prices)).toBe('5.02');
    expect(calculateCost(usageOf(101, 10, { cachedTokens: 100 }), prices)).toBe('3.12');
    // The longest tier says nothing of output tokens: the one before it does.
    expect(calculateCost(usageOf(2_000, 10, { cachedTokens: 1_000 }), prices)).toBe('47');
  });

  it('knows free from unknown', () => {
    expect(calculateCost(usageOf(5, 5), pricesOf('0', '0.000'))).toBe('0');
    expect(calculateCost(usageOf(5, 5), pricesOf(null, '1'))).toBeNull();
    expect(calculateCost(usageOf(5, 0), pricesOf('1', null))).toBeNull();
    expect(calculateCost(null, pricesOf('1', '1'))).toBeNull();
  });

  it('gives no cost for counts that cannot be true', () => {
    const prices = pricesOf('1', '1');
    for (const count of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e308]) {
      expect(calculateCost(usageOf(count, 1), prices)).toBeNull();
      expect(calculateCost(usageOf(1, count), prices)).toBeNull();
    }
    expect(calculateCost(usageOf(10, 1, { cachedTokens: 8, cacheWriteTokens: 3 }), prices)).toBeNull();
  });

  it('agrees with an independent exact recomputation', () => {
    const price = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 18 }))
      .map(([units, scale]) => new Big(units.toString()).div(new Big(10).pow(scale)).toFixed());
    const tokens = fc.integer({ min: 0, max: 700_000_000 });
    Big.DP = 60;
    fc.assert(
      fc.property(
        tokens,
        tokens,
        tokens,
        tokens,
        price,
        price,
        fc.option(price),
        fc.option(price),
        (plain, cached, written, out, input, output, read, write) => {
          const usage = usageOf(plain + cached + written, out, { cachedTokens: cached, cacheWriteTokens: written });
          const expected = new Big(input)
            .times(plain)
            .plus(new Big(read ?? input).times(cached))
            .plus(new Big(write ?? input).times(written))
            .plus(new Big(output).times(out));
          expect(calculateCost(usage, pricesOf(input, output, { cacheRead: read, cacheWrite: write }))).toBe(expected.toFixed());
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
