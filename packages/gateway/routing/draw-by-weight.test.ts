import { describe, expect, it } from 'vitest';
import { drawByWeight } from './draw-by-weight.ts';

const [three, one, none] = [{ weight: 3 }, { weight: 1 }, { weight: 0 }];

describe('drawByWeight', () => {
  it.each([
    [0, three],
    [0.74, three],
    [0.75, one],
    [0.9999, one],
  ])('at %d draws as the weights say', (random, drawn) => {
    expect(drawByWeight([three, none, one], () => random)).toBe(drawn);
  });

  it('draws weight 0 only where there is nothing else', () => {
    expect(drawByWeight([none], () => 0.5)).toBe(none);
    expect(drawByWeight([none, { weight: 0 }], () => 0)).toBe(none);
    expect(drawByWeight([], () => 0)).toBeNull();
  });
});
