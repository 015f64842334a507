import { openAiCompatibleCredentialSchema } from '@pipelines/contracts';
import { z } from 'zod';
import type { Preset } from './preset.ts';
import { coldStartTest, secretField, textField } from './preset-fields.ts';

export const openaiCompatible: Preset = {
  id: 'openai-compatible',
  name: 'OpenAI-compatible',
  protocol: 'openai-chat',
  summary: 'Base URL, API key optional',
  baseUrl: {
    kind: 'given',
    field: textField({
      name: 'base_url',
      label: 'Base URL',
      kind: 'url',
      placeholder: 'http://127.0.0.1:11434/v1',
      help: 'Where /chat/completions is: vLLM, Ollama, LiteLLM, any hosted gateway.',
    }),
    defaultPath: '',
    hostSuffixes: [],
  },
  authKinds: [
    {
      authKind: 'api_key',
      label: 'API key',
      scheme: 'bearer',
      fields: [
        secretField({ name: 'api_key', label: 'API key', required: false }),
        secretField({
          name: 'headers',
          label: 'Extra headers',
          required: false,
          kind: 'headers',
          help: 'Sent with each call, and kept as secret as the key.',
        }),
      ],
      schema: openAiCompatibleCredentialSchema,
    },
    { authKind: 'none', label: 'No key', scheme: 'none', fields: [], schema: z.strictObject({}) },
  ],
  quirks: {
    // The one name that every such server knows: Ollama ignores the other without a word.
    maxTokensField: 'max_tokens',
    reasoningFormat: 'generic',
    modelListPath: 'models',
  },
  connectionTest: coldStartTest,
  providerModelIdExample: 'llama3.2',
  keyUrl: null,
  docsUrl: null,
  pricesUrl: null,
};
