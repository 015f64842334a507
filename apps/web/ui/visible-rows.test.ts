import { expect, it } from 'vitest';
import { visibleRows } from './visible-rows.ts';

const heightPx = 800;

it('begins with the first rows', () => {
  expect(visibleRows(10_000, 40, 200, { scrollPx: 0, heightPx })).toEqual({ first: 0, end: 31 });
});

it('holds every row that is seen in the middle, and few more', () => {
  const { first, end } = visibleRows(10_000, 40, 200, { scrollPx: 200 + 40 * 5_000, heightPx });
  expect(first).toBeLessThanOrEqual(5_000);
  expect(end).toBeGreaterThanOrEqual(5_021);
  expect(end - first).toBeLessThan(60);
});

it('ends with the last row, even when the page is scrolled past it', () => {
  expect(visibleRows(100, 40, 200, { scrollPx: 200 + 40 * 95, heightPx }).end).toBe(100);
  expect(visibleRows(100, 40, 200, { scrollPx: 9_999_999, heightPx })).toEqual({ first: 99, end: 100 });
});

it('has nothing to draw of nothing', () => {
  expect(visibleRows(0, 40, 200, { scrollPx: 0, heightPx })).toEqual({ first: 0, end: 0 });
});
