import { driveLoad, type Load, type Round } from './drive-load.ts';
import { driveRate, type Latencies } from './drive-rate.ts';
import { type HeldStreams, holdStreams } from './hold-streams.ts';
import { median, printTable } from './print-table.ts';
import type { Target } from './target.ts';

export interface Effort {
  readonly rounds: number;
  readonly roundMs: number;
  /** Chunks count as a tenth: code is made fast by how often it runs, not by how long. */
  readonly warmUpRequests: number;
  readonly heldStreams: number;
  readonly heldSeconds: number;
}

export interface Measurement {
  readonly title: string;
  /** The first is the reference of the ratios. */
  readonly targets: readonly Target[];
  readonly load: Omit<Load, 'durationMs'>;
  /** What CPU is counted for: the request, or each of its chunks. */
  readonly unit: { readonly name: string; readonly ofRequest: number };
}

const longestWarmUpMs = 20_000;

/** Rounds are short and interleaved, so that what else the machine does falls on all; medians of them. */
export async function measureLoad({ title, targets, load, unit }: Measurement, effort: Effort): Promise<void> {
  const results = new Map<Target, Round[]>(targets.map((target) => [target, []]));
  const maxRequests = Math.ceil((effort.warmUpRequests * 10) / Math.max(10, unit.ofRequest));
  for (const target of targets) await driveLoad(target, { ...load, durationMs: longestWarmUpMs, maxRequests });
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const target of targets) results.get(target)?.push(await driveLoad(target, { ...load, durationMs: effort.roundMs }));
  }
  const rows = targets.map((target) => {
    const rounds = results.get(target) ?? [];
    return {
      name: target.name,
      failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
      perSecond: median(rounds.map((round) => round.requestsPerSecond)),
      cpu: median(rounds.map((round) => round.cpuMicroseconds)) / unit.ofRequest,
    };
  });
  const [reference] = rows;
  if (reference === undefined) return;
  printTable(
    title,
    rows.map(({ name, failures, perSecond, cpu }) => ({
      '': name,
      failures,
      'requests/s': Math.round(perSecond),
      [`CPU µs a ${unit.name}`]: cpu,
      'CPU ratio': cpu / reference.cpu,
      'throughput a core, ratio': reference.cpu / cpu,
      'throughput seen, ratio': perSecond / reference.perSecond,
    })),
  );
}

/** The first target is the upstream itself: what the others add to it. */
export async function measureAddedLatency(targets: readonly Target[], effort: Effort): Promise<void> {
  const rate = 500;
  const results = new Map<Target, Latencies[]>(targets.map((target) => [target, []]));
  for (const target of targets) await driveRate(target, rate, 1_000);
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const target of targets) results.get(target)?.push(await driveRate(target, rate, effort.roundMs));
  }
  const rows = targets.map((target) => ({
    name: target.name,
    p50: median((results.get(target) ?? []).map(({ p50Ms }) => p50Ms)),
    p99: median((results.get(target) ?? []).map(({ p99Ms }) => p99Ms)),
  }));
  const [direct] = rows;
  if (direct === undefined) return;
  printTable(
    `Latency at ${rate} requests a second`,
    rows.map(({ name, p50, p99 }) => ({
      '': name,
      'P50 ms': p50,
      'P99 ms': p99,
      'added P50 ms': p50 - direct.p50,
      'added P99 ms': p99 - direct.p99,
    })),
  );
}

export async function measureHeldStreams(targets: readonly Target[], { heldStreams, heldSeconds }: Effort): Promise<void> {
  const rows: [Target, HeldStreams][] = [];
  for (const target of targets) rows.push([target, await holdStreams(target, heldStreams, heldSeconds)]);
  const direct = rows[0]?.[1];
  if (direct === undefined) return;
  printTable(
    `${heldStreams.toLocaleString('en-US')} streams of a token a second, held at once for ${heldSeconds} s`,
    rows.map(([target, held]) => ({
      '': target.name,
      'missed tokens': held.missedTokens,
      failures: held.failures,
      'P50 ms': held.p50Ms,
      'P99 ms': held.p99Ms,
      'added P99 ms': held.p99Ms - direct.p99Ms,
      'KB a stream': held.kilobytesPerStream,
    })),
  );
}
