import { z } from 'zod';

/** Who serves a model. A provider is data; the protocol that it speaks is code. */
export const providerIds = [
  'fireworks',
  'together',
  'bedrock',
  'huggingface',
  'openai-compatible',
  'openai',
  'anthropic',
  'google',
  'openrouter',
] as const;
export const providerIdSchema = z.enum(providerIds);
export type ProviderId = z.infer<typeof providerIdSchema>;

/** How a provider is spoken to. */
export const protocols = ['openai-chat', 'bedrock-converse', 'anthropic-messages', 'gemini-generate'] as const;
export const protocolSchema = z.enum(protocols);
export type Protocol = z.infer<typeof protocolSchema>;

export const authKinds = ['api_key', 'iam', 'none'] as const;
export const authKindSchema = z.enum(authKinds);
export type AuthKind = z.infer<typeof authKindSchema>;

/** What a field of the connection form is. */
export const fieldDescriptorSchema = z.object({
  /** The key in the body: `api_key`, `base_url`, `region`, … */
  name: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  placeholder: z.string().nullable(),
  required: z.boolean(),
  /** Write-only: typed into a password input, never shown again. */
  secret: z.boolean(),
  /** `headers` is a map of header names to secret values. */
  kind: z.enum(['text', 'url', 'region', 'headers']),
  /** Known values to suggest, such as AWS regions. */
  options: z.array(z.string()).nullable(),
});
export type FieldDescriptor = z.infer<typeof fieldDescriptorSchema>;

export const authKindDescriptorSchema = z.object({
  auth_kind: authKindSchema,
  label: z.string(),
  /** The fields of `credential` in a body. */
  fields: z.array(fieldDescriptorSchema),
});

export const providerSchema = z.object({
  id: providerIdSchema,
  name: z.string(),
  protocol: protocolSchema,
  /** One short line under the name: "API key", "IAM pair or API key", … */
  summary: z.string(),
  auth_kinds: z.array(authKindDescriptorSchema),
  /** Fields beside the credential: `base_url`, `region`. */
  fields: z.array(fieldDescriptorSchema),
  provider_model_id_example: z.string(),
  /** Whether `POST /api/providers/{provider}/model-list` can answer. */
  lists_models: z.boolean(),
  /** Where a person gets a key. */
  key_url: z.string().nullable(),
  docs_url: z.string().nullable(),
});
export type Provider = z.infer<typeof providerSchema>;

/** One model as the provider's own list tells it, for autocomplete. */
export const listedModelSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  context_tokens: z.number().int().positive().nullable(),
});
export type ListedModel = z.infer<typeof listedModelSchema>;
