/** A scale from zero: its end, and the marks on it. */
export interface ChartScale {
  readonly end: number;
  readonly ticks: readonly number[];
}

/** A scale that holds every value, with three to six marks at round numbers. */
export function scaleFor(values: readonly number[]): ChartScale {
  const largest = Math.max(0, ...values);
  if (largest === 0) return { end: 1, ticks: [0] };
  // A little room beyond the last point.
  const rough = (largest * 1.15) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const count = Math.ceil((largest * 1.05) / step);
  return { end: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))) };
}
