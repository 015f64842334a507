import { readCpuMs } from './process-figures.ts';
import type { Target } from './target.ts';
import { encodeCall, WireClient } from './wire-client.ts';

export interface Load {
  readonly stream: boolean;
  readonly connections: number;
  readonly durationMs: number;
  /** Ends earlier after this many. */
  readonly maxRequests?: number;
  /** The message; see `encodeCall`. */
  readonly words?: string;
}

/** What one target did in one round. */
export interface Round {
  readonly requests: number;
  readonly failures: number;
  readonly requestsPerSecond: number;
  /** CPU of the target's process a request; NaN where the system does not tell. */
  readonly cpuMicroseconds: number;
}

/** Keeps `connections` calls in flight for a while. */
export async function driveLoad(
  target: Target,
  { stream, connections, durationMs, maxRequests = Number.POSITIVE_INFINITY, words }: Load,
): Promise<Round> {
  const bytes = encodeCall(target, stream, words);
  let requests = 0;
  let failures = 0;

  async function callUntil(deadline: number): Promise<void> {
    let client = new WireClient(target);
    while (requests < maxRequests && performance.now() < deadline) {
      try {
        if ((await client.call(bytes)) === 200) requests += 1;
        else failures += 1;
      } catch {
        failures += 1;
        client.close();
        client = new WireClient(target);
      }
    }
    client.close();
  }

  const cpuBefore = readCpuMs(target.pid);
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => callUntil(started + durationMs)));
  const seconds = (performance.now() - started) / 1_000;
  const cpuMs = readCpuMs(target.pid) - cpuBefore;
  return { requests, failures, requestsPerSecond: requests / seconds, cpuMicroseconds: (cpuMs * 1_000) / requests };
}
