import { type Model, type ModelChange, modelSchema, noRecentCalls, type StepModel, type StepOf } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { stepOf } from '../__fixtures__/build-graph.ts';
import { changeModel } from './changed-model.ts';
import { judgeApiKey } from './judge-api-key.ts';
import { judgeStep } from './judge-step.ts';

const model: Model = modelSchema.parse({
  slug: 'acme',
  kind: 'custom',
  task: 'chat',
  display_name: 'Acme',
  provider: 'openai-compatible',
  protocol: 'openai-chat',
  provider_model_id: 'acme-1',
  base_url: 'https://models.example/v1',
  region: null,
  max_tokens: 4096,
  context_tokens: null,
  capabilities: { json_mode: true, vision: true, tool_use: true, reasoning: true },
  reasoning_parameter: 'effort',
  input_cost_per_token: null,
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
  price_source: null,
  price_dated: null,
  price_url: null,
  price_proposal: null,
  reasoning_efforts: null,
  input_modalities: null,
  listed: true,
  retires_on: null,
  credential: { id: 'c', preview: 'sk-…', auth_kind: 'api_key', expires_at: null },
  status: 'ready',
  status_detail: null,
  health: noRecentCalls,
  is_default: false,
  last_test: null,
  untested_since: null,
  active: true,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
});
const spare: StepModel = {
  slug: 'spare',
  display_name: 'Spare',
  active: true,
  capabilities: { json_mode: true, vision: false, tool_use: false, reasoning: false },
  reasoning_parameter: null,
  max_tokens: null,
};
const shaped = { output: { type: 'json_schema', schema: {} } };
const step = (config: Record<string, unknown> = {}) => stepOf('llm', 'ask', { model: 'acme', ...config }) as StepOf<'llm'>;
const judge = (change: ModelChange, config?: Record<string, unknown>, fallback?: StepModel) =>
  judgeStep(step(config), changeModel(model, change), fallback);
const edit = (changes: Record<string, unknown>): ModelChange => ({ kind: 'edit', ...changes });

describe('a step', () => {
  it('breaks when its model is deactivated or retired, unless a fallback can answer', () => {
    expect(judge({ kind: 'deactivate' })).toEqual({ effect: 'breaks', reasons: ['Acme is deactivated.'] });
    expect(judge({ kind: 'retire', retires_on: '2026-12-31' })).toEqual({
      effect: 'breaks',
      reasons: ['Acme ends at its provider on 2026-12-31.'],
    });
    expect(judge({ kind: 'deactivate' }, { fallback_model: 'spare', ...shaped }, spare)).toEqual({
      effect: 'changes',
      reasons: ['Acme is deactivated.', 'Its fallback Spare answers instead.'],
    });
    expect(judge({ kind: 'deactivate' }, { fallback_model: 'spare', images: ['picture'] }, spare)?.effect).toBe('breaks');
    expect(judge({ kind: 'deactivate' }, { fallback_model: 'spare' }, { ...spare, active: false })?.effect).toBe('breaks');
    expect(judge({ kind: 'deactivate' }, { fallback_model: 'gone' })?.effect).toBe('breaks');
  });

  it('that has it as the fallback loses that', () => {
    expect(judge({ kind: 'deactivate' }, { model: 'other', fallback_model: 'acme' })).toEqual({
      effect: 'changes',
      reasons: ['Acme is deactivated.', 'The step loses its fallback.'],
    });
    expect(judge(edit({ provider_model_id: 'acme-2' }), { model: 'other', fallback_model: 'acme' })).toBeNull();
  });

  it('breaks by a capability that it needs, and by no other', () => {
    expect(judge(edit({ capabilities: { json_mode: false } }), shaped)).toEqual({
      effect: 'breaks',
      reasons: ['Acme is not offered for JSON mode any more, which the step needs.'],
    });
    expect(judge(edit({ capabilities: { json_mode: false } }))).toBeNull();
    expect(judge(edit({ capabilities: { vision: false, json_mode: true } }), shaped)).toBeNull();
  });

  it('changes where it can do without', () => {
    const tools = { tools: [{ endpoint_id: 'any', tools: null }] };
    expect(judge(edit({ capabilities: { tool_use: false } }), tools)?.reasons).toEqual(['Its tools are not sent any more.']);
    const reasoning = { reasoning: { effort: 'high', max_tokens: null } };
    for (const change of [edit({ capabilities: { reasoning: false } }), edit({ reasoning_parameter: 'max_tokens' })])
      expect(judge(change, reasoning)).toEqual({ effect: 'changes', reasons: ['The reasoning that it sets is not asked for any more.'] });
    expect(judge(edit({ reasoning_parameter: 'max_tokens' }))).toBeNull();
    expect(judge(edit({ max_tokens: 1000 }), { max_tokens: 2000 })?.reasons).toEqual(['Its answers end after 1,000 tokens.']);
    expect(judge(edit({ max_tokens: 1000 }), { max_tokens: 500 })).toBeNull();
    expect(judge(edit({ max_tokens: null }))).toBeNull();
  });

  it('may break where its calls go elsewhere', () => {
    expect(judge(edit({ provider_model_id: 'acme-2', base_url: 'https://other.example/v1', replaces_credential: true }))).toEqual({
      effect: 'may_break',
      reasons: ['Calls go to another model at the provider.', 'Calls go to another address.', 'Calls are made with another credential.'],
    });
    expect(
      judge(edit({ provider_model_id: 'acme-1', base_url: 'https://models.example/v1/', region: '', auth_kind: 'api_key' })),
    ).toBeNull();
    expect(judge(edit({ capabilities: {} }))).toBeNull();
  });
});

describe('an API key', () => {
  const key = (change: ModelChange, allowedModels: readonly string[] | null, calls: number) =>
    judgeApiKey(changeModel(model, change), { allowedModels, calls });

  it('breaks with the model that it may call or has called', () => {
    expect(key({ kind: 'deactivate' }, ['acme'], 0)?.effect).toBe('breaks');
    expect(key({ kind: 'deactivate' }, null, 3)?.effect).toBe('breaks');
    expect(key({ kind: 'deactivate' }, ['acme', 'spare'], 0)?.effect).toBe('changes');
  });

  it('notices an edit only where it has called', () => {
    expect(key(edit({ capabilities: { vision: false } }), ['acme'], 0)).toBeNull();
    expect(key(edit({ capabilities: { vision: false } }), null, 1)).toEqual({
      effect: 'may_break',
      reasons: ['Calls that use Vision are refused.'],
    });
    expect(key(edit({ replaces_credential: true }), null, 1)?.effect).toBe('may_break');
    expect(key(edit({ max_tokens: 1000 }), null, 1)?.effect).toBe('changes');
    expect(key(edit({ capabilities: { vision: true } }), null, 1)).toBeNull();
  });
});
