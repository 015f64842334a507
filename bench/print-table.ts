import type { Round } from './drive-load.ts';

/** Medians of interleaved rounds, and their ratios to the reference, which is the first target. */
export function printTable(title: string, rounds: ReadonlyMap<string, readonly Round[]>): void {
  console.log(`\n${title}`);
  const rows = [...rounds].map(([name, all]) => ({
    name,
    requests: all.reduce((sum, round) => sum + round.requests, 0),
    failures: all.reduce((sum, round) => sum + round.failures, 0),
    'requests/s': median(all.map((round) => round.requestsPerSecond)),
    'CPU µs/request': median(all.map((round) => round.cpuMicroseconds ?? Number.NaN)),
    'P50 ms': median(all.map((round) => round.p50Ms)),
    'P99 ms': median(all.map((round) => round.p99Ms)),
  }));
  const [reference] = rows;
  if (reference === undefined) return;
  console.table(
    Object.fromEntries(
      rows.map(({ name, ...row }) => [
        name,
        {
          ...Object.fromEntries(Object.entries(row).map(([column, value]) => [column, round(value)])),
          'throughput ratio': round(row['requests/s'] / reference['requests/s']),
          'CPU ratio': round(row['CPU µs/request'] / reference['CPU µs/request']),
        },
      ]),
    ),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
