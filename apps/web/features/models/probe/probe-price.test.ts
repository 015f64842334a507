import { probeBudget } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { probePrice } from './probe-price.ts';

describe('probePrice', () => {
  it('is exact, and unknown where a price is', () => {
    expect(probeBudget).toEqual({ calls: 18, promptTokens: 6_000, completionTokens: 18_000 });
    expect(probePrice('0.000001', '0.00001')).toBe('0.186');
    expect(probePrice(null, '0.00001')).toBeNull();
    expect(probePrice('0.000001', null)).toBeNull();
  });
});
