import { expect, it } from 'vitest';
import { splitTimes } from './split-times.ts';

const durations = (times: Parameters<typeof splitTimes>[0]) => splitTimes(times).map(({ part, durationMs }) => `${part} ${durationMs}`);

it('splits the time of a call into what was waited for', () => {
  const times = { queue_ms: 2, connect_ms: 30, first_byte_ms: 400, latency_ms: 1_000 };
  expect(durations(times)).toEqual(['queue 2', 'connect 30', 'thinking 370', 'answer 600']);
});

it('leaves out what was not measured', () => {
  expect(durations({ queue_ms: null, connect_ms: null, first_byte_ms: 400, latency_ms: 1_000 })).toEqual(['thinking 400', 'answer 600']);
  expect(durations({ queue_ms: 1, connect_ms: null, first_byte_ms: null, latency_ms: 50 })).toEqual(['queue 1', 'thinking 50']);
  expect(durations({ queue_ms: 1, connect_ms: null, first_byte_ms: null, latency_ms: null })).toEqual([]);
});
