import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const fireworks: Preset = {
  id: 'fireworks',
  name: 'Fireworks',
  protocol: 'openai-chat',
  summary: 'API key',
  baseUrl: { kind: 'fixed', url: 'https://api.fireworks.ai/inference/v1' },
  authKinds: [apiKeyAuth('fw_…')],
  quirks: {
    maxTokensField: 'max_tokens',
    developerRole: false,
    reasoningFormat: 'fireworks',
    modelListPath: 'models',
    extraModelListPaths: ['../../v1/accounts/fireworks/models?filter=supports_serverless%3Dtrue&pageSize=200'],
  },
  connectionTest: promptTest,
  providerModelIdExample: 'accounts/acme/models/llama-ft-v2',
  keyUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  docsUrl: 'https://docs.fireworks.ai/',
  pricesUrl: 'https://fireworks.ai/pricing',
};
