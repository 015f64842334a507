import { describe, expect, it } from 'vitest';
import { isSameDecimal, trimDecimal } from './trim-decimal.ts';

describe('trimDecimal', () => {
  it.each([
    ['0.00000250', '0.0000025'],
    ['1.000', '1'],
    ['100', '100'],
    ['0', '0'],
    [null, null],
  ])('%s is %s', (text, short) => {
    expect(trimDecimal(text)).toBe(short);
  });
});

describe('isSameDecimal', () => {
  it('compares numbers, not spellings', () => {
    expect(isSameDecimal('0.10', '00.1')).toBe(true);
    expect(isSameDecimal('0.1', '0.100000000000000001')).toBe(false);
    expect(isSameDecimal(null, null)).toBe(true);
    expect(isSameDecimal(null, '0')).toBe(false);
  });
});
