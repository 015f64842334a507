import { z } from 'zod';
import { timestamp } from './fields.ts';
import type { UpstreamCause } from './upstream-causes.ts';

/**
 * How real calls of the last hour went, or of the last day where the hour had fewer than ten. `healthy`: at least 95 % of
 * them were answered. `degraded`: at least half. `failing`: fewer. `no_recent_calls`: nothing to judge by. Connection tests
 * and probes do not count, nor what the caller spoiled: a refused request, a canceled call.
 */
export const modelHealthWords = ['healthy', 'degraded', 'failing', 'no_recent_calls'] as const;
export const modelHealthWordSchema = z.enum(modelHealthWords);
export type ModelHealthWord = z.infer<typeof modelHealthWordSchema>;

export const modelHealthSchema = z.object({
  word: modelHealthWordSchema,
  /** What the word was judged over: 60 or 1,440. Null where there is nothing to judge by. */
  window_minutes: z.number().int().nullable(),
  /** Calls that tell something of the model, and how many of them it did not answer. */
  calls: z.number().int(),
  failed_calls: z.number().int(),
  /** From 0 to 1; null without calls. */
  success_rate: z.number().nullable(),
});
export type ModelHealth = z.infer<typeof modelHealthSchema>;

const pace = {
  /** Of answered calls, in milliseconds, to within 5 %. Null where nothing was answered. */
  latency_p50_ms: z.number().int().nullable(),
  latency_p95_ms: z.number().int().nullable(),
  first_byte_p50_ms: z.number().int().nullable(),
  first_byte_p95_ms: z.number().int().nullable(),
  /** Answer tokens for each second between the first byte and the last; of the whole call where it was not streamed. */
  tokens_per_second: z.number().nullable(),
};

/** A quarter of an hour. Those without calls are left out. */
export const modelHealthSliceSchema = z.object({
  starts_at: timestamp,
  calls: z.number().int(),
  failed_calls: z.number().int(),
  ...pace,
});
export type ModelHealthSlice = z.infer<typeof modelHealthSliceSchema>;

/** The health of a model in numbers: over the window that its word was judged over, and by quarters of the last day. */
export const modelHealthReportSchema = modelHealthSchema.extend({ ...pace, slices: z.array(modelHealthSliceSchema) });
export type ModelHealthReport = z.infer<typeof modelHealthReportSchema>;

/** Failures that tell of the request or of its caller, not of the model. */
export const callerFaultCauses = [
  'bad_request',
  'context_too_long',
  'content_blocked',
  'feature_unsupported',
  'canceled',
] as const satisfies readonly UpstreamCause[];

/** What `judgeHealth` goes by. */
export const healthRule = {
  healthyRate: 0.95,
  degradedRate: 0.5,
  /** An hour with so many calls is judged by itself. */
  enoughCalls: 10,
} as const;

interface Judged {
  readonly calls: number;
  readonly failed: number;
}

/** The word for what happened in the last hour and in the last day, the hour included. */
export function judgeHealth(hour: Judged, day: Judged): ModelHealth {
  const isHour = hour.calls >= healthRule.enoughCalls;
  const { calls, failed } = isHour ? hour : day;
  if (calls === 0) return noRecentCalls;
  const rate = (calls - failed) / calls;
  const word = rate >= healthRule.healthyRate ? 'healthy' : rate >= healthRule.degradedRate ? 'degraded' : 'failing';
  return { word, window_minutes: isHour ? 60 : 1_440, calls, failed_calls: failed, success_rate: rate };
}

export const noRecentCalls: ModelHealth = {
  word: 'no_recent_calls',
  window_minutes: null,
  calls: 0,
  failed_calls: 0,
  success_rate: null,
};
