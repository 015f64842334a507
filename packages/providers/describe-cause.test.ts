import { applyFixSchema, type UpstreamCause, upstreamCauses } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import anthropicFixtures from './anthropic-messages/__fixtures__/errors.json' with { type: 'json' };
import bedrockFixtures from './bedrock-converse/__fixtures__/errors.json' with { type: 'json' };
import type { CauseContext } from './cause-description.ts';
import { describeCause } from './describe-cause.ts';
import geminiFixtures from './gemini-generate/__fixtures__/errors.json' with { type: 'json' };
import { networkSentences } from './network-sentences.ts';
import openaiFixtures from './openai-chat/__fixtures__/errors.json' with { type: 'json' };

const context: CauseContext = {
  providerName: 'Bedrock',
  providerModelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
  region: 'us-east-1',
  baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com',
};
const apply = (reason: UpstreamCause, parts: Partial<CauseContext> = {}, facts = {}) =>
  describeCause({ reason, facts }, { ...context, ...parts }).apply;

describe('describeCause', () => {
  const details = [...openaiFixtures, ...bedrockFixtures, ...anthropicFixtures, ...geminiFixtures].map(({ cause, detail }) => ({
    reason: cause as UpstreamCause,
    detail,
  }));
  const network = Object.keys(networkSentences).map((key) => {
    const [reason, detail] = key.split('.');
    return { reason: reason as UpstreamCause, detail: detail ?? null };
  });
  const causes = upstreamCauses.map((reason) => ({ reason, detail: null }));

  test.each([...causes, ...details, ...network, { reason: 'bad_key' as const, detail: 'never heard of' }])(
    '$reason $detail has its words',
    (error) => {
      for (const parts of [{}, { region: null, baseUrl: null }]) {
        const { message, fix } = describeCause(error, { ...context, ...parts });
        for (const sentence of [message, fix]) {
          expect(sentence).toMatch(/^["A-Za-z].*[.?]$/);
          expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
        }
      }
    },
  );

  test('an exact detail says more than its cause', () => {
    expect(describeCause({ reason: 'bad_key', detail: 'secret_access_key' }, context).message).toBe(
      'The Secret Access Key does not belong to the Access Key ID.',
    );
    const action = { action: 'bedrock:InvokeModel' };
    expect(describeCause({ reason: 'no_access', detail: 'iam_action', facts: action }, context).message).toContain('bedrock:InvokeModel');
    expect(describeCause({ reason: 'rate_limited', retryAfterSeconds: 20 }, context).fix).toBe('Try again in 20 seconds.');
  });

  test.each([
    ['us-east-1', 'us.'],
    ['ca-central-1', 'us.'],
    ['eu-north-1', 'eu.'],
    ['ap-south-1', 'apac.'],
    ['us-gov-west-1', 'us-gov.'],
    ['sa-east-1', 'global.'],
  ])('in %s an inference profile begins with %s', (region, prefix) => {
    expect(apply('needs_inference_profile', { region })?.set.provider_model_id).toBe(`${prefix}${context.providerModelId}`);
  });

  test('a profile of the provider’s own list is preferred', () => {
    const nearestModels = [`jp.${context.providerModelId}`, 'jp.other'];
    expect(apply('needs_inference_profile', { region: 'ap-northeast-1', nearestModels })?.set.provider_model_id).toBe(nearestModels[0]);
  });

  test.each([
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1'],
    ['https://host.example/v1/chat/completions', 'https://host.example/v1'],
    ['https://host.example/v1/messages/', 'https://host.example/v1'],
    ['https://host.example/v1', undefined],
    ['not a url', undefined],
  ])('for %s the URL %s is offered', (baseUrl, better) => {
    expect(apply('not_openai_shape', { baseUrl })?.set.base_url).toBe(better);
  });

  test('the key’s region and the nearest model can be applied', () => {
    expect(applyFixSchema.parse(apply('wrong_region', {}, { keyRegion: 'eu-west-1' }))).toEqual({
      label: 'Use eu-west-1',
      set: { region: 'eu-west-1' },
    });
    expect(apply('wrong_region')).toBeNull();
    expect(apply('model_not_found', { nearestModels: ['a', 'b'] })?.set).toEqual({ provider_model_id: 'a' });
    expect(apply('model_not_found')).toBeNull();
    expect(apply('timed_out')).toBeNull();
  });

  test.each([
    ['tls_failed', 'https_on_http_port', 'https://host.example:8080/v1', 'http://host.example:8080/v1'],
    ['connection_lost', 'plain_http_on_https_port', 'http://host.example/v1', 'https://host.example/v1'],
    ['redirected', 'to_https', 'http://host.example/v1', 'https://host.example/v1'],
    ['egress_blocked', 'plain_http', 'http://host.example/v1', 'https://host.example/v1'],
    ['egress_blocked', 'never_allowed', 'http://host.example/v1', undefined],
    ['tls_failed', 'self_signed', 'https://host.example/v1', undefined],
    ['redirected', null, 'http://host.example/v1', undefined],
  ] as const)('%s %s at %s: %s is offered', (reason, detail, baseUrl, better) => {
    expect(describeCause({ reason, detail }, { ...context, baseUrl }).apply?.set.base_url).toBe(better);
  });

  test('a region without a host is said to be one', () => {
    expect(describeCause({ reason: 'dns_failed' }, context).message).toBe('Bedrock has no host in the region us-east-1.');
    expect(describeCause({ reason: 'dns_failed' }, { ...context, region: null }).message).toContain('cannot be found');
  });

  test.each([
    ['tools', { capabilities: { tool_use: false } }],
    ['images', { capabilities: { vision: false } }],
    ['json_mode', { capabilities: { json_mode: false } }],
    ['reasoning', { capabilities: { reasoning: false } }],
    ['thinking_budget', { reasoning_parameter: 'effort' }],
    ['thinking_effort', { reasoning_parameter: 'max_tokens' }],
    ['json_with_tools', null],
    ['system_message', null],
  ])('sets the switch where the model does not take %s', (detail, set) => {
    const fix = describeCause({ reason: 'feature_unsupported', detail }, context).apply;
    expect(fix?.set ?? null).toEqual(set);
    if (fix !== null) expect(applyFixSchema.parse(fix)).toEqual(fix);
  });
});
