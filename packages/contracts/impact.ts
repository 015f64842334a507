import { z } from 'zod';
import { capabilitiesSchema, reasoningParameterSchema } from './capabilities.ts';
import { decimal, timestamp } from './fields.ts';
import { authKindSchema } from './providers.ts';

/** A change that somebody is about to make to a model. Never carries a secret: `replaces_credential` says that there will be another. */
export const modelChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deactivate') }),
  /** Its provider ends it on that day. */
  z.strictObject({ kind: z.literal('retire'), retires_on: z.iso.date() }),
  z.strictObject({
    kind: z.literal('edit'),
    provider_model_id: z.string().trim().min(1).max(300).optional(),
    base_url: z.string().trim().min(1).max(2048).optional(),
    region: z.string().trim().max(32).optional(),
    auth_kind: authKindSchema.optional(),
    max_tokens: z.number().int().min(1).max(10_000_000).nullable().optional(),
    capabilities: capabilitiesSchema.partial().optional(),
    reasoning_parameter: reasoningParameterSchema.nullable().optional(),
    replaces_credential: z.boolean().optional(),
  }),
]);
export type ModelChange = z.infer<typeof modelChangeSchema>;

/**
 * `breaks`: it fails from then on. `may_break`: it goes to a connection that nothing has proved yet.
 * `changes`: it still works, and does something else than before.
 */
export const impactEffectSchema = z.enum(['breaks', 'may_break', 'changes']);
export type ImpactEffect = z.infer<typeof impactEffectSchema>;

/** Calls to the model since `counted_since`, as the log knows them. */
const calls = {
  calls: z.number().int(),
  /** USD, the known costs only. */
  cost: decimal,
  unknown_cost_calls: z.number().int(),
  last_call_at: timestamp.nullable(),
};

const affected = {
  effect: impactEffectSchema,
  /** One sentence each. */
  reasons: z.array(z.string()),
};

export const workflowImpactSchema = z.object({
  workflow_id: z.string(),
  name: z.string(),
  version: z.number().int(),
  /** The worst of its steps'. */
  effect: impactEffectSchema,
  steps: z.array(z.object({ step: z.string(), title: z.string(), ...affected })),
  ...calls,
});
export type WorkflowImpact = z.infer<typeof workflowImpactSchema>;

export const apiKeyImpactSchema = z.object({
  id: z.string(),
  name: z.string(),
  last_four: z.string(),
  /** It may call named models only, and this is one of them. */
  limited: z.boolean(),
  ...affected,
  ...calls,
});
export type ApiKeyImpact = z.infer<typeof apiKeyImpactSchema>;

/** What a change of a model does to those who use it. Who is not affected is not listed. */
export const modelImpactSchema = z.object({
  /** The worst effect; null: the change surprises nobody. */
  effect: impactEffectSchema.nullable(),
  workflows: z.array(workflowImpactSchema),
  /** Null: the caller's role does not see API keys. */
  api_keys: z.array(apiKeyImpactSchema).nullable(),
  /** Other active models that use the same credential, where the change replaces it. */
  shared_with: z.array(z.object({ slug: z.string(), display_name: z.string() })),
  /** Other names that programs call it by; where the change takes the model away, calls by them fail. */
  aliases: z.array(z.string()),
  /** Models that it stands in for when they cannot answer; where the change takes the model away, they lose it. */
  stands_in_for: z.array(z.object({ slug: z.string(), display_name: z.string() })),
  /** Calls and costs are counted from here on. */
  counted_since: timestamp,
});
export type ModelImpact = z.infer<typeof modelImpactSchema>;
