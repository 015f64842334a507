import type { Capabilities } from '@pipelines/contracts';
import type { ManagementApi } from './management-api.ts';
import { registerModel } from './register-model.ts';
import type { SpawnedTinyLlm } from './spawn-tiny-llm.ts';
import { bedrockModel, providerKeys } from './start-providers.ts';

const everything: Capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: false };

/** What the clients call: the real tiny model, the same without any capability, and a model behind Bedrock's own wire. */
export async function registerClientModels(api: ManagementApi, tinyLlm: SpawnedTinyLlm) {
  const tinyConnection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tinyLlm.url,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tinyLlm.apiKey },
  } as const;
  const bedrockConnection = {
    provider: 'bedrock',
    auth_kind: 'api_key',
    region: 'us-east-1',
    provider_model_id: bedrockModel,
    credential: { api_key: providerKeys.bedrockApiKey },
  } as const;
  const tiny = await registerModel(api, tinyConnection, { display_name: 'Client tiny', capabilities: everything });
  const plain = await registerModel(api, tinyConnection, { display_name: 'Client plain' });
  const bedrock = await registerModel(api, bedrockConnection, { display_name: 'Client Bedrock', capabilities: everything });
  return { tiny: tiny.slug, plain: plain.slug, bedrock: bedrock.slug };
}

export const weatherParameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
} as const;

export const citySchema = {
  type: 'object',
  properties: { city: { type: 'string' }, ok: { type: 'boolean' } },
  required: ['city', 'ok'],
  additionalProperties: false,
} as const;
