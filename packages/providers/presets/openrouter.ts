import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const openrouter: Preset = {
  id: 'openrouter',
  name: 'OpenRouter',
  protocol: 'openai-chat',
  summary: 'API key',
  baseUrl: { kind: 'fixed', url: 'https://openrouter.ai/api/v1' },
  authKinds: [apiKeyAuth('sk-or-v1-…')],
  quirks: {
    maxTokensField: 'either',
    developerRole: true,
    reasoningFormat: 'openrouter',
    minMaxTokens: 16,
    cacheMarks: true,
    modelListPath: 'models',
  },
  connectionTest: promptTest,
  providerModelIdExample: 'anthropic/claude-sonnet-4.6',
  keyUrl: 'https://openrouter.ai/settings/keys',
  docsUrl: 'https://openrouter.ai/docs',
  pricesUrl: 'https://openrouter.ai/models',
};
