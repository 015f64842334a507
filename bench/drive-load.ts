import { Agent } from 'undici';
import { readCpuMs, type Target } from './child-processes.ts';

export interface Load {
  readonly stream: boolean;
  readonly connections: number;
  readonly durationMs: number;
}

/** What one target did in one round. */
export interface Round {
  readonly requests: number;
  readonly failures: number;
  readonly requestsPerSecond: number;
  /** CPU of the target's process a request; null where the system does not tell. */
  readonly cpuMicroseconds: number | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Keeps `connections` calls in flight for a while. The body is about 1 KB. */
export async function driveLoad(target: Target, { stream, connections, durationMs }: Load): Promise<Round> {
  const agent = new Agent({ connections, pipelining: 1 });
  const origin = new URL(target.url).origin;
  const body = JSON.stringify({
    model: target.model,
    messages: [{ role: 'user', content: 'word '.repeat(180) }],
    ...(stream && { stream: true }),
  });
  const headers = { ...target.headers, 'content-type': 'application/json' };
  const latencies: number[] = [];
  let failures = 0;

  async function callUntil(deadline: number): Promise<void> {
    while (performance.now() < deadline) {
      const started = performance.now();
      const answer = await agent.request({ origin, path: '/v1/chat/completions', method: 'POST', headers, body });
      await answer.body.dump({ limit: 1_000_000 });
      if (answer.statusCode === 200) latencies.push(performance.now() - started);
      else failures += 1;
    }
  }

  const cpuBefore = readCpuMs(target.pid);
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => callUntil(started + durationMs)));
  const seconds = (performance.now() - started) / 1_000;
  const cpuAfter = readCpuMs(target.pid);
  await agent.destroy();
  latencies.sort((a, b) => a - b);
  const requests = latencies.length;
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
  return {
    requests,
    failures,
    requestsPerSecond: requests / seconds,
    cpuMicroseconds: cpuMs === null || requests === 0 ? null : (cpuMs * 1_000) / requests,
    p50Ms: latencies[Math.floor(requests * 0.5)] ?? Number.NaN,
    p99Ms: latencies[Math.floor(requests * 0.99)] ?? Number.NaN,
  };
}
