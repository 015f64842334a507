import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateOf, signTest } from './statistics.ts';

describe('the rate', () => {
  it('has the interval of Wilson', () => {
    // Known values: 8 of 10, 0 of 20, 5 of 5.
    expect(rateOf(8, 10)).toMatchObject({ rate: 0.8, low: expect.closeTo(0.4902, 4), high: expect.closeTo(0.9433, 4) });
    expect(rateOf(0, 20)).toMatchObject({ rate: 0, low: 0, high: expect.closeTo(0.1611, 4) });
    expect(rateOf(5, 5)).toMatchObject({ rate: 1, low: expect.closeTo(0.5655, 4), high: 1 });
    expect(rateOf(0, 0)).toBeNull();
  });

  it('lies in its interval, and the interval between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (passed, failed) => {
        const found = rateOf(passed, passed + failed);
        return found === null || (found.low >= 0 && found.low <= found.rate && found.rate <= found.high && found.high <= 1);
      }),
    );
  });
});

describe('the sign test', () => {
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 0, 0.0625],
    [6, 0, 0.03125],
    [9, 1, 22 / 1024],
    [5, 5, 1],
    [8, 2, 112 / 1024],
  ])('%i won, %i lost: %d', (won, lost, p) => {
    expect(signTest(won, lost)).toBeCloseTo(p, 10);
    expect(signTest(lost, won)).toBeCloseTo(p, 10);
  });

  it('is a probability for as many rows as there may be', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (won, lost) => {
        const p = signTest(won, lost);
        return p >= 0 && p <= 1;
      }),
      { numRuns: 50 },
    );
    // By the normal approximation with continuity: 2 · P(Z > 3.98).
    expect(signTest(2_641, 2_359)).toBeCloseTo(0.00007, 4);
    expect(signTest(2_500, 2_500)).toBeCloseTo(1, 10);
  });
});
