import { z } from 'zod';
import { capabilitiesSchema, reasoningParameterSchema } from './capabilities.ts';
import { connectionSchema } from './connections.ts';
import { credentialSummarySchema } from './credential-summary.ts';
import { id, timestamp } from './fields.ts';
import { suggestedPricesSchema } from './prices.ts';
import { upstreamCauseSchema } from './upstream-causes.ts';

export const connectionTestBodySchema = connectionSchema;

/** A change of the form that repairs the failed test: the fields to set, and what the button says. */
export const applyFixSchema = z.object({
  label: z.string(),
  set: z.object({
    provider_model_id: z.string().optional(),
    base_url: z.string().optional(),
    region: z.string().optional(),
    /** Switches to set. */
    capabilities: capabilitiesSchema.partial().optional(),
    reasoning_parameter: reasoningParameterSchema.optional(),
  }),
});
export type ApplyFix = z.infer<typeof applyFixSchema>;

export const connectionTestSchema = z.object({
  /** Names the stored result. A passed one is consumed by the save; single use, ten minutes. */
  id: z.string(),
  passed: z.boolean(),
  cause: upstreamCauseSchema.nullable(),
  /** One sentence of ours. */
  message: z.string(),
  /** What to do about a failure. */
  fix: z.string().nullable(),
  apply: applyFixSchema.nullable(),
  latency_ms: z.number().int().nonnegative(),
  /** The first characters of the model's answer, when it gave any. */
  reply_preview: z.string().nullable(),
  usage: z.object({ prompt_tokens: z.number().int(), completion_tokens: z.number().int() }).nullable(),
  suggested_prices: suggestedPricesSchema.nullable(),
  /** What the provider's own list says of this model; a hint, not a measurement. */
  capabilities_seen: capabilitiesSchema.partial().nullable(),
  /** The largest answer in tokens that the provider's own list allows. */
  max_tokens_seen: z.number().int().positive().nullable(),
  /** A saved credential of the same account and destination, to be used instead. */
  reusable_credential: credentialSummarySchema.extend({ models: z.array(z.string()) }).nullable(),
  expires_at: timestamp.nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

/** The stored model itself is tested by an empty body; a draft of an edit by the changed fields. */
export const modelConnectionTestBodySchema = z.strictObject({
  provider_model_id: z.string().trim().min(1).max(300).optional(),
  base_url: z.string().trim().min(1).max(2048).optional(),
  region: z.string().trim().max(32).optional(),
  auth_kind: z.enum(['api_key', 'iam', 'none']).optional(),
  /** Blank means the stored one, toward the stored destination only. */
  credential: z.record(z.string(), z.unknown()).optional(),
  credential_id: id.optional(),
});
export type ModelConnectionTestBody = z.infer<typeof modelConnectionTestBodySchema>;
