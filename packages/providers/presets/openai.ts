import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const openai: Preset = {
  id: 'openai',
  name: 'OpenAI',
  protocol: 'openai-chat',
  summary: 'API key',
  baseUrl: { kind: 'fixed', url: 'https://api.openai.com/v1' },
  authKinds: [apiKeyAuth('sk-…')],
  quirks: {
    maxTokensField: 'max_completion_tokens',
    developerRole: true,
    reasoningFormat: 'openai',
    minMaxTokens: 16,
    modelListPath: 'models',
    responsesPath: 'responses',
  },
  connectionTest: promptTest,
  providerModelIdExample: 'gpt-5-mini',
  keyUrl: 'https://platform.openai.com/api-keys',
  docsUrl: 'https://platform.openai.com/docs',
  pricesUrl: 'https://openai.com/api/pricing/',
};
