import { type Model, noRecentCalls, type Provider } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { type ModelFormValues, valuesOfModel } from '../connection-form/form-values.ts';
import { changedConnection, editBody, leavesDestination } from './edit-body.ts';

const field = (name: string, kind: 'url' | 'text') => ({
  name,
  label: name,
  help: null,
  placeholder: null,
  required: true,
  secret: false,
  kind,
  options: null,
});
const provider: Provider = {
  id: 'openai-compatible',
  name: 'OpenAI-compatible',
  protocol: 'openai-chat',
  summary: 'Base URL',
  auth_kinds: [{ auth_kind: 'api_key', label: 'API key', fields: [{ ...field('api_key', 'text'), secret: true }] }],
  fields: [field('base_url', 'url')],
  provider_model_id_example: 'llama',
  lists_models: true,
  key_url: null,
  docs_url: null,
};
const model: Model = {
  slug: 'vllm',
  kind: 'custom',
  task: 'chat',
  display_name: 'vLLM',
  provider: 'openai-compatible',
  protocol: 'openai-chat',
  provider_model_id: 'qwen',
  base_url: 'https://vllm.example/v1',
  region: null,
  max_tokens: 4096,
  context_tokens: null,
  capabilities: { json_mode: true, vision: false, tool_use: false, reasoning: false },
  reasoning_parameter: null,
  input_cost_per_token: '0.0000025',
  output_cost_per_token: null,
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: null,
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
  cost_per_request: null,
  cost_per_image: null,
  cost_per_web_search: null,
  price_tiers: [],
  price_source: 'genai-prices',
  price_dated: null,
  price_proposal: null,
  price_url: 'https://www.together.ai/pricing',
  reasoning_efforts: null,
  input_modalities: null,
  listed: true,
  retires_on: null,
  credential: { id: 'c1', preview: 'sk-…abcd', auth_kind: 'api_key', expires_at: null },
  status: 'ready',
  status_detail: null,
  health: noRecentCalls,
  is_default: false,
  last_test: null,
  untested_since: null,
  active: true,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

function edited(change: (values: ModelFormValues) => void): ModelFormValues {
  const values = structuredClone(valuesOfModel(model, [provider]));
  change(values);
  return values;
}

describe('editBody', () => {
  it('sends nothing when nothing changed', () => {
    expect(
      editBody(
        edited(() => undefined),
        model,
        provider,
        false,
      ),
    ).toEqual({});
  });

  it('sends only what changed, prices per token and exact', () => {
    const values = edited((form) => {
      form.display_name = 'vLLM two';
      form.output_price = '7.50';
    });
    expect(editBody(values, model, provider, false)).toEqual({
      display_name: 'vLLM two',
      output_cost_per_token: '0.0000075',
      price_source: 'manual',
    });
  });

  it('keeps an untouched credential out of the body', () => {
    const values = edited((form) => {
      form.drafts['openai-compatible'].api_key = 'typed-but-not-replacing';
    });
    expect(JSON.stringify(editBody(values, model, provider, false))).not.toContain('typed');
  });

  it('sends a replaced credential with its kind', () => {
    const values = edited((form) => {
      form.drafts['openai-compatible'].api_key = 'new-key';
    });
    expect(changedConnection(values, model, provider, true)).toEqual({ auth_kind: 'api_key', credential: { api_key: 'new-key' } });
  });
});

describe('leavesDestination', () => {
  it.each([
    ['https://vllm.example/v1', false],
    ['https://vllm.example/v1/chat/completions', false],
    ['https://other.example/v1', true],
    ['http://vllm.example/v1', true],
  ])('%s: %s', (url, leaves) => {
    const values = edited((form) => {
      form.drafts['openai-compatible'].base_url = url;
    });
    expect(leavesDestination(values, model)).toBe(leaves);
  });
});
