import { describe, expect, it } from 'vitest';
import { compareDecimals, formatUsd, perTokenFromMillion, pricePerMillion, roundDecimal, shiftDecimal } from './decimal-text.ts';

describe('pricePerMillion', () => {
  it.each([
    ['0.0000025', '2.50'],
    ['0.000012', '12.00'],
    ['0.00000088', '0.88'],
    ['0.0000000375', '0.0375'],
    ['0', '0.00'],
    ['1', '1000000.00'],
    ['0.000000000000000001', '0.000000000001'],
  ])('%s per token is %s per million', (perToken, perMillion) => {
    expect(pricePerMillion(perToken)).toBe(perMillion);
  });
});

describe('perTokenFromMillion', () => {
  it.each([
    ['2.5', '0.0000025'],
    ['2.50', '0.0000025'],
    [' $0.88 ', '0.00000088'],
    ['1,000', '0.001'],
    ['.3', '0.0000003'],
    ['7.', '0.000007'],
    ['0', '0'],
  ])('%s per million is %s per token', (typed, perToken) => {
    expect(perTokenFromMillion(typed)).toBe(perToken);
  });

  it.each(['', 'free', '-1', '1e3', '1.2.3', '0.0000000000001'])('refuses %j', (typed) => {
    expect(perTokenFromMillion(typed)).toBeNull();
  });

  it('comes back to what was typed, where floats would not', () => {
    for (const typed of ['0.07', '0.29', '1.15', '2.675', '4.35', '1234567.000000000001']) {
      const perToken = perTokenFromMillion(typed);
      expect(perToken && shiftDecimal(perToken, 6)).toBe(typed);
    }
  });
});

describe('formatUsd', () => {
  it.each([
    ['0', '$0.00'],
    ['1234.5', '$1,234.50'],
    ['1234567.891', '$1,234,567.891'],
    ['0.000123', '$0.000123'],
    ['900719925474099312.01', '$900,719,925,474,099,312.01'],
  ])('%s is %s', (amount, text) => {
    expect(formatUsd(amount)).toBe(text);
  });
});

describe('roundDecimal', () => {
  it.each([
    ['2418.195', 2, '2418.20'],
    ['2418.194999', 2, '2418.19'],
    ['0.999', 2, '1.00'],
    ['5', 2, '5.00'],
    ['5.4', 0, '5'],
  ])('%s to %i places is %s', (text, places, rounded) => {
    expect(roundDecimal(text, places)).toBe(rounded);
  });
});

describe('compareDecimals', () => {
  it('compares by value, whatever the number of digits', () => {
    expect(compareDecimals('10', '9.99')).toBeGreaterThan(0);
    expect(compareDecimals('0.10', '0.1')).toBe(0);
    expect(compareDecimals('0.000000000000000001', '0.00000000000000001')).toBeLessThan(0);
  });
});
