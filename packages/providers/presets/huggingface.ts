import type { Preset } from './preset.ts';
import { apiKeyAuth, coldStartTest, textField } from './preset-fields.ts';

export const huggingface: Preset = {
  id: 'huggingface',
  name: 'HuggingFace',
  protocol: 'openai-chat',
  summary: 'API token and endpoint URL',
  baseUrl: {
    kind: 'given',
    field: textField({
      name: 'base_url',
      label: 'Inference Endpoint URL',
      kind: 'url',
      placeholder: 'https://….endpoints.huggingface.cloud',
      help: 'From the endpoint’s page, with or without /v1.',
    }),
    defaultPath: '/v1',
    hostSuffixes: ['.endpoints.huggingface.cloud'],
  },
  authKinds: [apiKeyAuth('hf_…', 'API token')],
  quirks: {
    maxTokensField: 'max_tokens',
    developerRole: false,
    reasoningFormat: 'generic',
    modelListPath: 'models',
    scalesToZero: true,
  },
  // The proxy then holds the request while a replica starts, instead of answering 503 at once.
  connectionTest: { ...coldStartTest, headers: { 'x-scale-up-timeout': '60' } },
  providerModelIdExample: 'meta-llama/Llama-3.1-8B-Instruct',
  keyUrl: 'https://huggingface.co/settings/tokens',
  docsUrl: 'https://huggingface.co/docs/inference-endpoints',
  pricesUrl: null,
};
