const steps = [
  { suffix: 'B', size: 1_000_000_000 },
  { suffix: 'M', size: 1_000_000 },
  { suffix: 'K', size: 1_000 },
] as const;

/** A large count as people read it: `1048576` → `1M`, `391000` → `391K`, `999` → `999`. Three digits at most, cut not rounded up. */
export function shortCount(count: number): string {
  const step = steps.find((candidate) => count >= candidate.size);
  if (!step) return String(count);
  const scaled = count / step.size;
  const places = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  const cut = Math.floor(scaled * 10 ** places) / 10 ** places;
  return `${cut}${step.suffix}`;
}

/** A context window: `131072` → `131K`, `1048576` → `1M`. */
export function contextSize(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 1_000_000) return `${Math.floor(tokens / 1_000)}K`;
  return `${Math.floor(tokens / 100_000) / 10}M`;
}
