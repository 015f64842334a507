import { z } from 'zod';
import { capabilities, reasoningParameterSchema } from './capabilities.ts';
import { decimal, timestamp } from './fields.ts';
import { upstreamCauseSchema } from './upstream-causes.ts';

/** Everything that a probe looks at, in this order. */
export const probeCheckNames = [
  'json_mode',
  'vision',
  'tool_use',
  'parallel_tools',
  'streamed_tools',
  'usage_in_stream',
  'reasoning_effort',
  'reasoning_max_tokens',
  'max_tokens',
  'max_completion_tokens',
  'system_role',
  'developer_role',
] as const;
export type ProbeCheckName = (typeof probeCheckNames)[number];

/**
 * `works`: it did what was asked. `refused`: the provider says no. `ignored`: it answered as if nothing had been
 * asked. `unclear`: something else came between. `not_applicable`: this wire has no such thing.
 */
export const probeVerdicts = ['works', 'refused', 'ignored', 'unclear', 'not_applicable'] as const;
export type ProbeVerdict = (typeof probeVerdicts)[number];

export const probeCheckSchema = z.object({
  name: z.enum(probeCheckNames),
  verdict: z.enum(probeVerdicts),
  /** What was seen, in a sentence. */
  detail: z.string(),
  cause: upstreamCauseSchema.nullable(),
  /** What was asked and what came, without secrets; images are named, long texts are cut. */
  evidence: z.array(z.object({ request: z.unknown(), answer: z.unknown() })),
});
export type ProbeCheck = z.infer<typeof probeCheckSchema>;

export const probeSchema = z.object({
  id: z.string(),
  at: timestamp,
  /** Whether the connection is still the one that was measured. */
  current: z.boolean(),
  checks: z.array(probeCheckSchema),
  /** What the switches would be; null where a probe could not tell. */
  capabilities: z.record(z.enum(capabilities), z.boolean().nullable()),
  /** The shape that the thinking step was seen to follow. */
  reasoning_parameter: reasoningParameterSchema.nullable(),
  /** Repairs that calls of this model need, in words. */
  repairs: z.array(z.string()),
  calls: z.number().int(),
  /** USD; null where a price or a usage is unknown. */
  cost: decimal.nullable(),
});
export type Probe = z.infer<typeof probeSchema>;

export const probeListSchema = z.object({ data: z.array(probeSchema) });

/** What a probe takes at most, so that its price can be told before it runs. */
export const probeBudget = { calls: 18, promptTokens: 6_000, completionTokens: 18_000 } as const;
