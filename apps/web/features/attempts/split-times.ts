import type { Attempt } from '@pipelines/contracts';

export type TimePart = 'queue' | 'connect' | 'thinking' | 'answer';

export interface TimeSpan {
  readonly part: TimePart;
  readonly durationMs: number;
}

type Timed = Pick<Attempt, 'queue_ms' | 'connect_ms' | 'first_byte_ms' | 'latency_ms'>;

/**
 * The time of a call in the order in which it passed: waiting in the server, for the connection, for the first byte, and
 * for the last. Parts that were not measured are left out, and their time belongs to the next one. Empty while nothing is known.
 */
export function splitTimes({ queue_ms, connect_ms, first_byte_ms, latency_ms }: Timed): readonly TimeSpan[] {
  if (latency_ms === null) return [];
  const connect = Math.min(connect_ms ?? 0, latency_ms);
  const first = Math.max(connect, Math.min(first_byte_ms ?? latency_ms, latency_ms));
  const spans: (TimeSpan | null)[] = [
    queue_ms === null ? null : { part: 'queue', durationMs: queue_ms },
    connect_ms === null ? null : { part: 'connect', durationMs: connect },
    { part: 'thinking', durationMs: first - connect },
    first_byte_ms === null ? null : { part: 'answer', durationMs: latency_ms - first },
  ];
  return spans.filter((span) => span !== null);
}
