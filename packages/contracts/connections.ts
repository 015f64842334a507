import { z } from 'zod';
import { id, line, secretText } from './fields.ts';
import { modelTaskSchema } from './model-task.ts';

const providerModelId = line(300);
const baseUrl = z.string().trim().min(1, 'Required').max(2048, 'At most 2,048 characters');

/** An AWS region as a host label; anything else could change the host that a key is sent to. */
export const regionSchema = z
  .string()
  .trim()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'An AWS region, such as us-east-1');

export const apiKeyCredentialSchema = z.strictObject({ api_key: secretText });
export const iamCredentialSchema = z.strictObject({
  access_key_id: secretText,
  secret_access_key: secretText,
  session_token: secretText.optional(),
});
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'A header name');
/** Headers whose values are secret. */
export const secretHeadersSchema = z
  .record(
    headerName,
    z
      .string()
      .trim()
      .min(1)
      .max(4096)
      .regex(/^[\x20-\x7e]+$/, 'Only visible ASCII characters'),
  )
  .refine((headers) => Object.keys(headers).length <= 16, 'At most 16 headers');
export const openAiCompatibleCredentialSchema = z.strictObject({
  api_key: secretText.optional(),
  /** Extra headers, secret like the key: stored with it, and dropped with it. */
  headers: secretHeadersSchema.optional(),
});

/** The secret fields of any provider's credential, as a body carries them. */
export type CredentialFields = {
  readonly api_key?: string | undefined;
  readonly access_key_id?: string | undefined;
  readonly secret_access_key?: string | undefined;
  readonly session_token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

const common = {
  /** The model's ID at the provider, as its API wants it. */
  provider_model_id: providerModelId,
  /** A saved credential of the organization instead of an entered one; same destination only. */
  credential_id: id.optional(),
  /** What the model is for; left out: `chat`. Fixed once the model is saved. */
  task: modelTaskSchema.optional(),
};
const apiKey = { auth_kind: z.literal('api_key'), credential: apiKeyCredentialSchema.optional() };

/**
 * The connection half of a model, one variant a provider: exactly the fields that this provider
 * needs, everything else refused. `extra` adds the fields of the body that it stands in. `model`
 * leaves `provider_model_id` out where a body asks for a list of models.
 */
export function connectionVariants<Extra extends z.ZodRawShape>(extra: Extra) {
  return z.discriminatedUnion('provider', [
    z.strictObject({ provider: z.literal('fireworks'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('together'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('openai'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('anthropic'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('google'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('openrouter'), ...apiKey, ...common, ...extra }),
    z.strictObject({ provider: z.literal('huggingface'), base_url: baseUrl, ...apiKey, ...common, ...extra }),
    z.discriminatedUnion('auth_kind', [
      z.strictObject({
        provider: z.literal('openai-compatible'),
        auth_kind: z.literal('api_key'),
        base_url: baseUrl,
        credential: openAiCompatibleCredentialSchema.optional(),
        ...common,
        ...extra,
      }),
      z.strictObject({
        provider: z.literal('openai-compatible'),
        auth_kind: z.literal('none'),
        base_url: baseUrl,
        provider_model_id: providerModelId,
        task: modelTaskSchema.optional(),
        ...extra,
      }),
    ]),
    z.discriminatedUnion('auth_kind', [
      z.strictObject({
        provider: z.literal('bedrock'),
        auth_kind: z.literal('iam'),
        region: regionSchema,
        credential: iamCredentialSchema.optional(),
        ...common,
        ...extra,
      }),
      z.strictObject({ provider: z.literal('bedrock'), region: regionSchema, ...apiKey, ...common, ...extra }),
    ]),
  ]);
}

export const connectionSchema = connectionVariants({});
export type Connection = z.infer<typeof connectionSchema>;
