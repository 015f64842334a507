import type { FieldDescriptor, Provider, ProviderId } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { connectionBody, connectionIssues, connectionKey, createModelBody, settingsIssues } from './form-bodies.ts';
import { type ModelFormValues, newModelValues } from './form-values.ts';

const field = (name: string, change: Partial<FieldDescriptor> = {}): FieldDescriptor => ({
  name,
  label: name === 'api_key' ? 'API key' : 'Secret Access Key',
  help: null,
  placeholder: null,
  required: true,
  secret: true,
  kind: 'text',
  options: null,
  ...change,
});
const provider = (id: ProviderId, change: Partial<Provider>): Provider => ({
  id,
  name: id,
  protocol: 'openai-chat',
  summary: '',
  auth_kinds: [{ auth_kind: 'api_key', label: 'API key', fields: [field('api_key')] }],
  fields: [],
  provider_model_id_example: '',
  lists_models: true,
  key_url: null,
  docs_url: null,
  ...change,
});
const fireworks = provider('fireworks', {});
const compatible = provider('openai-compatible', {
  auth_kinds: [
    { auth_kind: 'api_key', label: 'API key', fields: [field('api_key', { required: false })] },
    { auth_kind: 'none', label: 'No key', fields: [] },
  ],
  fields: [field('base_url', { label: 'Base URL', kind: 'url', secret: false })],
});
const bedrock = provider('bedrock', {
  auth_kinds: [{ auth_kind: 'iam', label: 'IAM', fields: [field('access_key_id'), field('secret_access_key')] }],
  fields: [field('region', { kind: 'region', secret: false })],
});
const providers = [fireworks, compatible, bedrock];

function form(change: (values: ModelFormValues) => void): ModelFormValues {
  const values = newModelValues(providers);
  change(values);
  return values;
}

describe('connectionBody', () => {
  it('sends exactly the fields of the chosen provider, whatever was typed for others', () => {
    const values = form((now) => {
      Object.assign(now.drafts.fireworks, {
        api_key: ' fw-key ',
        provider_model_id: 'accounts/a/models/m',
        base_url: 'https://hidden.example',
      });
      Object.assign(now.drafts.bedrock, { access_key_id: 'AKIA', region: 'us-east-1' });
    });
    expect(connectionBody(values, fireworks)).toEqual({
      provider: 'fireworks',
      auth_kind: 'api_key',
      provider_model_id: 'accounts/a/models/m',
      credential: { api_key: 'fw-key' },
    });
  });

  it('takes a blank key for none where the provider allows it', () => {
    const values = form((now) => {
      now.provider = 'openai-compatible';
      Object.assign(now.drafts['openai-compatible'], { base_url: 'http://127.0.0.1:11434/v1', provider_model_id: 'llama' });
    });
    expect(connectionBody(values, compatible)).toMatchObject({ auth_kind: 'none' });
    expect(connectionIssues(values, compatible)).toEqual([]);
  });

  it('sends a saved credential by its ID, and no secret', () => {
    const values = form((now) => {
      Object.assign(now.drafts.fireworks, { api_key: 'typed', credential_id: 'c1', provider_model_id: 'm' });
    });
    expect(connectionBody(values, fireworks)).toEqual({
      provider: 'fireworks',
      auth_kind: 'api_key',
      provider_model_id: 'm',
      credential_id: 'c1',
    });
  });
});

describe('connectionKey', () => {
  const base = form((now) => Object.assign(now.drafts.fireworks, { api_key: 'k', provider_model_id: 'm' }));
  it.each<[string, (values: ModelFormValues) => void, boolean]>([
    ['the key', (now) => Object.assign(now.drafts.fireworks, { api_key: 'k2' }), true],
    ['the model ID', (now) => Object.assign(now.drafts.fireworks, { provider_model_id: 'm2' }), true],
    ['the name', (now) => Object.assign(now, { display_name: 'x' }), false],
    ['a price', (now) => Object.assign(now, { input_price: '1' }), false],
    ['a switch', (now) => Object.assign(now.capabilities, { vision: true }), false],
    ['a hidden provider', (now) => Object.assign(now.drafts.bedrock, { region: 'us-west-2' }), false],
  ])('changes with what a test exercises: %s', (_name, change, changes) => {
    const changed = structuredClone(base);
    change(changed);
    expect(connectionKey(changed, fireworks) !== connectionKey(base, fireworks)).toBe(changes);
  });
});

describe('issues', () => {
  it('names what is missing, by field', () => {
    const values = form((now) => {
      now.provider = 'bedrock';
      now.drafts.bedrock.auth_kind = 'iam';
    });
    const paths = connectionIssues(values, bedrock).map((issue) => issue.path);
    expect(paths).toEqual(
      expect.arrayContaining(['drafts.bedrock.access_key_id', 'drafts.bedrock.secret_access_key', 'drafts.bedrock.region']),
    );
  });

  it('asks for the shape of thinking only where thinking is on', () => {
    const thinking = form((now) => Object.assign(now, { display_name: 'x', capabilities: { ...now.capabilities, reasoning: true } }));
    expect(settingsIssues(thinking).map((issue) => issue.path)).toEqual(['reasoning_parameter']);
    expect(settingsIssues(form((now) => Object.assign(now, { display_name: 'x' })))).toEqual([]);
  });
});

describe('createModelBody', () => {
  it('never carries the secret: the passed test holds it', () => {
    const values = form((now) => {
      Object.assign(now.drafts.fireworks, { api_key: 'CNRY-secret', provider_model_id: 'm' });
      Object.assign(now, { display_name: 'Acme', input_price: '0.90' });
    });
    const outcome = createModelBody(values, fireworks, { id: 'test-token', priceSource: 'manual' });
    expect(JSON.stringify(outcome)).not.toContain('CNRY');
    expect(outcome).toMatchObject({
      body: { connection_test_id: 'test-token', input_cost_per_token: '0.0000009', output_cost_per_token: null },
    });
  });
});
