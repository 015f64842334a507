import type { CandidateResult } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { findBest } from './find-best.ts';

const candidate = (number: number, rate: number | null, cost: string | null, latency: number | null, unknown = 0) =>
  ({
    candidate: number,
    pass_rate: rate === null ? null : { rate, low: 0, high: 1 },
    cost_per_task: cost,
    unknown_cost_calls: unknown,
    task_latency_p50_ms: latency,
  }) as CandidateResult;

it('finds the leader of each, by exact values', () => {
  expect(findBest([candidate(1, 0.8, '0.000000000000000002', 900), candidate(2, 0.9, '0.000000000000000001', 1_000)])).toEqual({
    quality: 2,
    cost: 2,
    latency: 1,
  });
});

it('names nobody where two are equal, where one is not known, or where costs are missing', () => {
  expect(findBest([candidate(1, 0.8, '0.10', 900), candidate(2, 0.8, '0.1', 900)])).toEqual({ quality: null, cost: null, latency: null });
  expect(findBest([candidate(1, 0.8, '0.1', 900), candidate(2, null, null, null)])).toEqual({ quality: null, cost: null, latency: null });
  expect(findBest([candidate(1, 0.8, '0.1', 900), candidate(2, 0.7, '0', 800, 3)])).toEqual({ quality: 1, cost: null, latency: 2 });
});
