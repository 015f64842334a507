import type { Preset } from './preset.ts';
import { apiKeyAuth, promptTest } from './preset-fields.ts';

export const google: Preset = {
  id: 'google',
  name: 'Google',
  protocol: 'gemini-generate',
  summary: 'Gemini API key',
  baseUrl: { kind: 'fixed', url: 'https://generativelanguage.googleapis.com/v1beta' },
  authKinds: [apiKeyAuth('AIza…', 'Gemini API key', 'x-goog-api-key')],
  quirks: {},
  connectionTest: promptTest,
  providerModelIdExample: 'gemini-2.5-flash',
  keyUrl: 'https://aistudio.google.com/app/apikey',
  docsUrl: 'https://ai.google.dev/gemini-api/docs',
  pricesUrl: 'https://ai.google.dev/gemini-api/docs/pricing',
};
