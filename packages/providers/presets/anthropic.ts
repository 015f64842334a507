import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const anthropic: Preset = {
  id: 'anthropic',
  name: 'Anthropic',
  protocol: 'anthropic-messages',
  summary: 'API key',
  baseUrl: { kind: 'fixed', url: 'https://api.anthropic.com/v1' },
  authKinds: [apiKeyAuth('sk-ant-api03-…', 'API key', 'x-api-key')],
  quirks: {},
  connectionTest: promptTest,
  providerModelIdExample: 'claude-sonnet-4-6',
  keyUrl: 'https://platform.claude.com/settings/keys',
  docsUrl: 'https://platform.claude.com/docs/en/api/messages',
  pricesUrl: 'https://www.anthropic.com/pricing#api',
};
