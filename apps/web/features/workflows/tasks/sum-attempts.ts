import type { StepRun } from '@pipelines/contracts';
import { sumDecimals } from '../../../ui/decimal-text.ts';

/** The calls of a run together. An unknown part makes the whole unknown. */
export function sumAttempts(attempts: StepRun['attempts']) {
  const count = (read: (attempt: StepRun['attempts'][number]) => number | null) =>
    attempts.reduce((sum, attempt) => sum + (read(attempt) ?? 0), 0).toLocaleString('en');
  const costs = attempts.map((attempt) => attempt.cost);
  return {
    models: [...new Set(attempts.map((attempt) => attempt.slug))].join(', ') || '—',
    tokens: `${count((attempt) => attempt.prompt_tokens)} / ${count((attempt) => attempt.completion_tokens)}`,
    latencyMs: attempts.reduce((sum, attempt) => sum + (attempt.latency_ms ?? 0), 0),
    cost: costs.includes(null) ? null : costs.reduce<string>((sum, cost) => sumDecimals(sum, cost ?? '0'), '0'),
  };
}
