/** A part of one as people read it: `0.8` → `80 %`, `0.983` → `98.3 %`. */
export function formatRate(rate: number): string {
  return `${(rate * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

/** `0.0106` → `0.011`; what is smaller than a thousandth is said so. */
export function formatProbability(p: number): string {
  if (p < 0.001) return 'less than 0.001';
  return p >= 0.1 ? p.toFixed(2) : p.toFixed(3);
}
