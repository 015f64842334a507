import { inspect } from 'node:util';
import { type AuthKind, type ProviderId, Secret } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import { checkCredential } from './check-credential.ts';
import { credentialFields } from './credential-fields.ts';
import { maskCredential, maskPreview } from './mask-preview.ts';
import { UpstreamError } from './upstream-error.ts';

const refusal = (provider: ProviderId, authKind: AuthKind, fields: unknown): { code?: string; text: string } => {
  try {
    credentialFields(provider, authKind, fields);
  } catch (error) {
    return { code: (error as { code: string }).code, text: `${inspect(error, { depth: 9 })}${JSON.stringify(error)}` };
  }
  return { text: '' };
};

describe('credentialFields', () => {
  test('every value is behind a Secret', () => {
    const opened = credentialFields('bedrock', 'iam', { access_key_id: ' AKIA1 ', secret_access_key: 'CNRY', session_token: 'CNRY2' });
    expect(opened.accessKeyId).toBeInstanceOf(Secret);
    expect(opened.accessKeyId?.expose()).toBe('AKIA1');
    expect(JSON.stringify(opened) + inspect(opened, { depth: 9, showHidden: true })).not.toContain('CNRY');
    expect(credentialFields('openai-compatible', 'none', undefined)).toEqual({});
    expect(Object.keys(credentialFields('openai-compatible', 'api_key', { headers: { 'X-Team': 'a b' } }).headers ?? {})).toEqual([
      'x-team',
    ]);
  });

  test.each([
    ['fireworks', 'api_key', {}],
    ['fireworks', 'api_key', null],
    ['fireworks', 'api_key', { api_key: 'CNRY', extra: 'CNRY' }],
    ['fireworks', 'api_key', { api_key: 'CNRY\nx' }],
    ['fireworks', 'api_key', { api_key: 'CNRY\u0000' }],
    ['fireworks', 'api_key', { api_key: 'CNRY😀' }],
    ['fireworks', 'api_key', { api_key: 'CNRY'.repeat(300_000) }],
    ['fireworks', 'iam', { access_key_id: 'CNRY', secret_access_key: 'CNRY' }],
    ['bedrock', 'iam', { access_key_id: 'CNRY' }],
    ['openai-compatible', 'api_key', { headers: { 'X-Key': 'CNRY\r\nHost: evil' } }],
  ] as const)('%s %s %# is refused without being quoted', (provider, authKind, fields) => {
    const { code, text } = refusal(provider, authKind, fields);
    expect(code).toBe('invalid_request');
    expect(text).not.toContain('CNRY');
  });
});

describe('maskPreview', () => {
  test.each([
    ['abcd', '••••'],
    ['', '••••'],
    ['fifteen-letters', '••••'],
    ['fw_0123456789f9f2c', 'fw_…9f2c'],
  ])('%j is shown as %s', (secret, preview) => {
    expect(maskPreview(secret)).toBe(preview);
  });

  test('a credential shows one of its fields, never the secret one of a pair', () => {
    expect(maskCredential({ access_key_id: 'AKIAIOSFODNN7EXAMPLE', secret_access_key: 'wJalrXUtnFEMI/K7MDENG' })).toBe('AKI…MPLE');
    expect(maskCredential({ headers: { 'x-key': 'CNRY-0123456789abcdef' } })).toBe('••••');
    expect(maskCredential({})).toBe('');
  });
});

/** A short-term key, as `@aws/bedrock-token-generator` makes it. */
function shortTermKey(region: string, date: string, expiresSeconds: number): string {
  const query = `Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F${date.slice(0, 8)}%2F${region}%2Fbedrock%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=${expiresSeconds}&X-Amz-SignedHeaders=host&X-Amz-Signature=abc&Version=1`;
  return `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?${query}`).toString('base64')}`;
}

describe('checkCredential', () => {
  const now = new Date('2026-09-23T12:00:00Z');
  const check = (apiKey: string, region = 'us-east-1') => checkCredential('bedrock', 'api_key', { api_key: apiKey }, region, now);

  test('region and expiry are read from a short-term key', () => {
    expect(check(shortTermKey('us-east-1', '20260923T110000Z', 43_200))).toEqual({
      region: 'us-east-1',
      expiresAt: new Date('2026-09-23T23:00:00Z'),
    });
  });

  test('a key of another region, or an expired one, is told before any call', () => {
    const elsewhere = check(shortTermKey('eu-west-1', '20260923T110000Z', 43_200));
    expect(elsewhere).toBeInstanceOf(UpstreamError);
    expect(elsewhere).toMatchObject({ reason: 'wrong_region', facts: { keyRegion: 'eu-west-1' } });
    expect(check(shortTermKey('us-east-1', '20260922T110000Z', 43_200))).toMatchObject({
      reason: 'expired_key',
      facts: { expiresAt: '2026-09-22T23:00:00.000Z' },
    });
  });

  test.each([
    'ABSKQmVkcm9ja0FQSUtleS0x',
    'bedrock-api-key-',
    'bedrock-api-key-!!!!',
    `bedrock-api-key-${Buffer.from('x?X-Amz-Credential=a/b/<script>').toString('base64')}`,
  ])('%s tells nothing', (key) => {
    expect(check(key)).toEqual({ region: null, expiresAt: null });
  });

  test('keys of other providers are not looked into', () => {
    expect(checkCredential('openai', 'api_key', { api_key: shortTermKey('eu-west-1', '20200101T000000Z', 1) }, null, now)).toEqual({
      region: null,
      expiresAt: null,
    });
  });
});
