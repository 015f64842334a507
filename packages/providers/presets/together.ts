import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const together: Preset = {
  id: 'together',
  name: 'Together AI',
  protocol: 'openai-chat',
  summary: 'API key',
  baseUrl: { kind: 'fixed', url: 'https://api.together.ai/v1' },
  authKinds: [apiKeyAuth('tgp_v1_…')],
  quirks: {
    maxTokensField: 'max_tokens',
    developerRole: false,
    reasoningFormat: 'together',
    logprobs: 'integer',
    stop: 'array',
    modelListPath: 'models',
  },
  connectionTest: promptTest,
  providerModelIdExample: 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo',
  keyUrl: 'https://api.together.ai/settings/api-keys',
  docsUrl: 'https://docs.together.ai/',
  pricesUrl: 'https://www.together.ai/pricing',
};
