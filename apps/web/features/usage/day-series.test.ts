import { expect, it } from 'vitest';
import { costScale, daySeries } from './day-series.ts';

const row = {
  key: '2026-09-02',
  name: null,
  calls: 7,
  failed_calls: 1,
  prompt_tokens: 10,
  completion_tokens: 5,
  cost: '1.25',
  unknown_cost_calls: 2,
  latency_p50_ms: 10,
  latency_p95_ms: 20,
};

it('has an entry for every day, in order', () => {
  expect(daySeries(['2026-09-01', '2026-09-02'], [row])).toEqual([
    { day: '2026-09-01', cost: '0', calls: 0, unknownCostCalls: 0 },
    { day: '2026-09-02', cost: '1.25', calls: 7, unknownCostCalls: 2 },
  ]);
});

it.each([
  [[], ['0', '0.25', '0.5', '0.75', '1']],
  [
    ['0', '0'],
    ['0', '0.25', '0.5', '0.75', '1'],
  ],
  [
    ['3', '128.4'],
    ['0', '50', '100', '150'],
  ],
  [['0.00031'], ['0', '0.0001', '0.0002', '0.0003', '0.0004']],
  [['4'], ['0', '1', '2', '3', '4']],
  [['117'], ['0', '25', '50', '75', '100', '125']],
  [['4.01'], ['0', '1', '2', '3', '4', '5']],
])('the axis of %j is round and holds them', (costs, ticks) => {
  expect(costScale(costs).ticks).toEqual(ticks);
  expect(costScale(costs).top).toBe(ticks.at(-1));
});
