import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scaleFor } from './chart-scale.ts';

it('marks round numbers', () => {
  expect(scaleFor([0.00012, 0.0004])).toEqual({ end: 0.0006, ticks: [0, 0.0002, 0.0004, 0.0006] });
  expect(scaleFor([840, 1_200]).ticks).toEqual([0, 500, 1_000, 1_500]);
  expect(scaleFor([])).toEqual({ end: 1, ticks: [0] });
});

it('holds every value, with three to six marks', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
      const { end, ticks } = scaleFor(values);
      return end >= Math.max(...values) && ticks.length >= 3 && ticks.length <= 6;
    }),
  );
});
