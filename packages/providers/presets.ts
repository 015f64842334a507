import type { Provider, ProviderId } from '@pipelines/contracts';
import { anthropic } from './presets/anthropic.ts';
import { bedrock } from './presets/bedrock.ts';
import { fireworks } from './presets/fireworks.ts';
import { google } from './presets/google.ts';
import { huggingface } from './presets/huggingface.ts';
import { openai } from './presets/openai.ts';
import { openaiCompatible } from './presets/openai-compatible.ts';
import { openrouter } from './presets/openrouter.ts';
import type { Preset } from './presets/preset.ts';
import { together } from './presets/together.ts';

const presets: Readonly<Record<ProviderId, Preset>> = {
  fireworks,
  together,
  bedrock,
  huggingface,
  'openai-compatible': openaiCompatible,
  openai,
  anthropic,
  google,
  openrouter,
};

export function presetOf(provider: ProviderId): Preset {
  return presets[provider];
}

/** The providers as `GET /api/providers` tells them, in the order of the form. */
export function listProviders(): Provider[] {
  return Object.values(presets).map((preset) => ({
    id: preset.id,
    name: preset.name,
    protocol: preset.protocol,
    summary: preset.summary,
    auth_kinds: preset.authKinds.map(({ authKind, label, fields }) => ({ auth_kind: authKind, label, fields: [...fields] })),
    fields: preset.baseUrl.kind === 'fixed' ? [] : [preset.baseUrl.field],
    provider_model_id_example: preset.providerModelIdExample,
    lists_models: preset.quirks.modelListPath !== null,
    key_url: preset.keyUrl,
    docs_url: preset.docsUrl,
  }));
}
