import { type AuthKind, type ProviderId, providerIds, providerSchema } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import { destinationOf, followsHostRule } from './destination.ts';
import { listProviders, presetOf } from './presets.ts';

describe('listProviders', () => {
  test('tells every provider in the shape of the contract', () => {
    const providers = listProviders();
    expect(providers.map((provider) => provider.id).sort()).toEqual([...providerIds].sort());
    for (const provider of providers) expect(providerSchema.strict().parse(provider)).toEqual(provider);
  });

  test('every key is a secret field, and no other field is', () => {
    const fields = listProviders().flatMap((provider) => [...provider.fields, ...provider.auth_kinds.flatMap((kind) => kind.fields)]);
    for (const field of fields) expect([field.name, field.secret]).toEqual([field.name, !['base_url', 'region'].includes(field.name)]);
  });
});

const destination = (provider: ProviderId, authKind: AuthKind, rest: object = {}) => destinationOf({ provider, authKind, ...rest });
const wrongField = (call: () => unknown): string | undefined => {
  try {
    call();
  } catch (error) {
    return (error as { fields?: { field: string }[] }).fields?.[0]?.field;
  }
  return undefined;
};

describe('destinationOf', () => {
  test.each([
    ['fireworks', 'api_key', {}, 'https://api.fireworks.ai/inference/v1', 'bearer'],
    ['together', 'api_key', { baseUrl: 'https://evil.example' }, 'https://api.together.ai/v1', 'bearer'],
    ['anthropic', 'api_key', {}, 'https://api.anthropic.com/v1', 'x-api-key'],
    ['google', 'api_key', {}, 'https://generativelanguage.googleapis.com/v1beta', 'x-goog-api-key'],
    ['bedrock', 'iam', { region: 'eu-west-1' }, 'https://bedrock-runtime.eu-west-1.amazonaws.com', 'sigv4-bedrock'],
    ['bedrock', 'api_key', { region: 'cn-north-1' }, 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn', 'bearer'],
    ['bedrock', 'iam', { region: 'us-gov-west-1' }, 'https://bedrock-runtime.us-gov-west-1.amazonaws.com', 'sigv4-bedrock'],
    [
      'huggingface',
      'api_key',
      { baseUrl: 'https://x.us-east-1.aws.endpoints.huggingface.cloud' },
      'https://x.us-east-1.aws.endpoints.huggingface.cloud/v1',
      'bearer',
    ],
    [
      'huggingface',
      'api_key',
      { baseUrl: 'https://x.endpoints.huggingface.cloud/v1/chat/completions/' },
      'https://x.endpoints.huggingface.cloud/v1',
      'bearer',
    ],
    ['openai-compatible', 'none', { baseUrl: ' HTTP://LocalHost.:11434/v1/ ' }, 'http://localhost:11434/v1', 'none'],
    ['openai-compatible', 'api_key', { baseUrl: 'https://host.example:443' }, 'https://host.example', 'bearer'],
  ] as const)('%s with %s %j', (provider, authKind, rest, baseUrl, authScheme) => {
    expect(destination(provider, authKind, rest)).toEqual({ baseUrl, authScheme, region: 'region' in rest ? rest.region : null });
  });

  test('an operator’s override replaces a fixed host, and may name the region', () => {
    const overrides = { fireworks: 'http://127.0.0.1:9001/inference/v1/', bedrock: 'https://bedrock-runtime-fips.{region}.amazonaws.com' };
    expect(destination('fireworks', 'api_key', { overrides }).baseUrl).toBe('http://127.0.0.1:9001/inference/v1');
    expect(destination('bedrock', 'iam', { overrides, region: 'us-east-2' }).baseUrl).toBe(
      'https://bedrock-runtime-fips.us-east-2.amazonaws.com',
    );
  });

  test.each(['us-east-1.evil.com#', '..', 'us-east-1\nx', '', 'us_east_1', 'us-east-1/', 'US-EAST-1', '127.0.0.1'])(
    'the region %j is refused',
    (region) => {
      expect(wrongField(() => destination('bedrock', 'iam', { region }))).toBe('region');
      expect(wrongField(() => destination('bedrock', 'iam', { region, overrides: { bedrock: 'https://x.{region}.example' } }))).toBe(
        'region',
      );
    },
  );

  test.each([
    '',
    'nonsense',
    'ftp://host/v1',
    'https://user:pw@host/v1',
    'https://user@host',
    'https://host/v1?x=1',
    'https://host/v1#x',
    'https://api.x.com#@10.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    `https://host/${'a'.repeat(2100)}`,
  ])('the base URL %j is refused', (baseUrl) => {
    expect(wrongField(() => destination('openai-compatible', 'none', { baseUrl }))).toBe('base_url');
  });

  test('an auth kind that a provider does not offer is refused', () => {
    expect(wrongField(() => destination('fireworks', 'iam'))).toBe('auth_kind');
    expect(wrongField(() => destination('bedrock', 'none', { region: 'us-east-1' }))).toBe('auth_kind');
  });
});

test('HuggingFace endpoints are hosts of HuggingFace, unless an operator says otherwise', () => {
  expect(followsHostRule('huggingface', 'https://x.us-east-1.aws.endpoints.huggingface.cloud/v1')).toBe(true);
  for (const host of ['endpoints.huggingface.cloud.evil.com', 'evil-endpoints.huggingface.cloud', '127.0.0.1:8080', 'huggingface.cloud']) {
    expect(followsHostRule('huggingface', `http://${host}/v1`)).toBe(false);
  }
  expect(followsHostRule('openai-compatible', 'http://127.0.0.1:11434/v1')).toBe(true);
  expect(presetOf('huggingface').connectionTest.headers['x-scale-up-timeout']).toBe('60');
});
