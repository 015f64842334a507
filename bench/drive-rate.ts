import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Target } from './target.ts';
import { encodeCall, WireClient } from './wire-client.ts';

export interface Latencies {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Sends calls at a fixed rate, whatever becomes of them, and tells how long each took from its due time. Between two it
 * sleeps where there is time: whoever else needs its core, such as the provider, is not to wait for nothing.
 */
export async function driveRate(target: Target, requestsPerSecond: number, durationMs: number): Promise<Latencies> {
  const bytes = encodeCall(target, false);
  const idle: WireClient[] = Array.from({ length: 32 }, () => new WireClient(target));
  const latencies: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  const total = Math.round((requestsPerSecond * durationMs) / 1_000);

  async function call(dueMs: number): Promise<void> {
    const client = idle.pop() ?? new WireClient(target);
    if ((await client.call(bytes)) === 200) latencies.push(performance.now() - dueMs);
    idle.push(client);
  }

  for (let sent = 0; sent < total; ) {
    const due = started + (sent * 1_000) / requestsPerSecond;
    if (performance.now() >= due) {
      running.push(call(due));
      sent += 1;
    } else if (due - performance.now() > 1.5) await setTimeout(1);
    else await setImmediate();
  }
  await Promise.all(running);
  for (const client of idle) client.close();
  latencies.sort((a, b) => a - b);
  return { requests: latencies.length, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) };
}

/** Of sorted values. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
