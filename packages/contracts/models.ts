import { z } from 'zod';
import { capabilitiesSchema, reasoningParameterSchema } from './capabilities.ts';
import { connectionVariants } from './connections.ts';
import { credentialSummarySchema } from './credential-summary.ts';
import { id, line, pageOf, pageQuery, timestamp } from './fields.ts';
import { modelHealthSchema, modelHealthWordSchema } from './model-health.ts';
import { modelKindSchema, modelStatusSchema } from './model-status.ts';
import { modelTaskSchema } from './model-task.ts';
import { openProposalSchema, priceBodyFields, priceFields, priceOriginFields, priceSourceSchema } from './prices.ts';
import { protocolSchema, providerIdSchema } from './providers.ts';
import { upstreamCauseSchema } from './upstream-causes.ts';

export const lastTestSchema = z.object({
  passed: z.boolean(),
  cause: upstreamCauseSchema.nullable(),
  latency_ms: z.number().int().nonnegative(),
  at: timestamp,
});

export const modelSchema = z.object({
  /** What programs and workflows call it by. Never changes. */
  slug: z.string(),
  kind: modelKindSchema,
  /** What it is called for: chats, or embeddings. Only the first is offered to workflows. */
  task: modelTaskSchema,
  display_name: z.string(),
  provider: providerIdSchema,
  protocol: protocolSchema,
  provider_model_id: z.string(),
  base_url: z.string().nullable(),
  region: z.string().nullable(),
  /** The largest answer, in tokens, that is asked of the model. Null: no limit of ours. */
  max_tokens: z.number().int().positive().nullable(),
  /** What the model can hold, prompt and answer, where known. */
  context_tokens: z.number().int().positive().nullable(),
  capabilities: capabilitiesSchema,
  reasoning_parameter: reasoningParameterSchema.nullable(),
  ...priceFields,
  ...priceOriginFields,
  /** Another price that a source tells, until somebody takes or dismisses it. */
  price_proposal: openProposalSchema.nullable(),
  /** Words that `reasoning.effort` may be. Null: any, or not known. */
  reasoning_efforts: z.array(z.string()).nullable(),
  /** Such as `text` and `image`; null: not known. */
  input_modalities: z.array(z.string()).nullable(),
  /** False: the source of the platform models lists it no more. */
  listed: z.boolean(),
  /** The day from which on its provider may end it. */
  retires_on: z.iso.date().nullable(),
  credential: credentialSummarySchema.nullable(),
  status: modelStatusSchema,
  /** A sentence for statuses that need one, such as what the operator must set. */
  status_detail: z.string().nullable(),
  /** What real calls say; the status is what tests and settings say. */
  health: modelHealthSchema,
  is_default: z.boolean(),
  last_test: lastTestSchema.nullable(),
  /** When the connection was changed without a test since. */
  untested_since: timestamp.nullable(),
  active: z.boolean(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Model = z.infer<typeof modelSchema>;

const settings = {
  display_name: line(120),
  max_tokens: z.number().int().min(1).max(10_000_000).nullable(),
  capabilities: capabilitiesSchema,
  reasoning_parameter: reasoningParameterSchema.nullable(),
  ...priceBodyFields,
};
const optionalPrices = z.object(priceBodyFields).partial().shape;

/** A connection test's configuration plus the model's own settings. The credential may be left out: the test holds it. */
export const createModelBodySchema = connectionVariants({
  connection_test_id: z.string().min(1).max(128),
  display_name: settings.display_name,
  max_tokens: settings.max_tokens.optional(),
  capabilities: settings.capabilities,
  reasoning_parameter: settings.reasoning_parameter.optional(),
  ...optionalPrices,
  /** Where the given prices come from, when a test suggested them and nobody changed them. Prices that are left out are then the source's. */
  price_source: priceSourceSchema.optional(),
});
export type CreateModelBody = z.infer<typeof createModelBodySchema>;

/** Any subset. A changed destination needs `credential` (or a `credential_id` of that destination) again. */
export const updateModelBodySchema = z
  .strictObject({
    ...settings,
    capabilities: capabilitiesSchema.partial(),
    price_source: priceSourceSchema,
    provider_model_id: line(300),
    base_url: z.string().trim().min(1).max(2048),
    region: z.string().trim().max(32),
    auth_kind: z.enum(['api_key', 'iam', 'none']),
    credential: z.record(z.string(), z.unknown()),
    credential_id: id,
  })
  .partial();
export type UpdateModelBody = z.infer<typeof updateModelBodySchema>;

export const modelListQuerySchema = z.object({
  ...pageQuery,
  kind: modelKindSchema.optional(),
  task: modelTaskSchema.optional(),
  capability: z.enum(['json_mode', 'vision', 'tool_use', 'reasoning']).optional(),
  status: modelStatusSchema.optional(),
  provider: providerIdSchema.optional(),
  health: modelHealthWordSchema.optional(),
  /** Those that the credential serves, as their own or beside it. */
  credential_id: z.string().max(100).optional(),
  search: z.string().max(200).optional(),
  /** Only these, separated by commas; deactivated ones too. */
  slugs: z.string().max(8_000).optional(),
});
export type ModelListQuery = z.infer<typeof modelListQuerySchema>;

export const modelPageSchema = pageOf(modelSchema);

/** An active workflow that references the model. */
export const dependentSchema = z.object({
  workflow_id: z.string(),
  name: z.string(),
  version: z.number().int(),
  steps: z.array(z.string()),
});
export const dependentsSchema = z.object({ count: z.number().int(), data: z.array(dependentSchema) });

/** One entry of `GET /v1/models`: OpenAI's shape, with what we know beside it. */
export const callableModelSchema = z.object({
  id: z.string(),
  /** The slug that this is another name of; left out for models themselves. */
  alias_of: z.string().optional(),
  object: z.literal('model'),
  created: z.number().int(),
  owned_by: z.string(),
  display_name: z.string(),
  kind: modelKindSchema,
  task: modelTaskSchema,
  capabilities: capabilitiesSchema,
  reasoning_parameter: reasoningParameterSchema.nullable(),
  max_tokens: z.number().int().nullable(),
  context_tokens: z.number().int().nullable(),
  ...priceFields,
});
export type CallableModel = z.infer<typeof callableModelSchema>;
