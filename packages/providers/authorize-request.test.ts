import { Secret } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import type { PreparedRequest } from './adapter.ts';
import { type AuthorizedRequest, authorizeRequest } from './authorize-request.ts';

const prepared: PreparedRequest = {
  method: 'POST',
  url: 'https://example.com/v1/chat/completions',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{}'),
  auth: 'bearer',
  region: null,
  changes: [],
};

describe('authorizeRequest', () => {
  test('a bearer key is put on at once, without a promise', () => {
    const authorized = authorizeRequest(prepared, { apiKey: new Secret('sk-1') });
    expect(authorized).not.toBeInstanceOf(Promise);
    expect(authorized).toMatchObject({ url: prepared.url, headers: { authorization: 'Bearer sk-1', 'content-type': 'application/json' } });
    expect(prepared.headers).toEqual({ 'content-type': 'application/json' });
  });

  test('a key goes where its scheme wants it, and nowhere else', () => {
    for (const auth of ['x-api-key', 'x-goog-api-key'] as const) {
      const { headers } = authorizeRequest({ ...prepared, auth }, { apiKey: new Secret('sk-1') }) as AuthorizedRequest;
      expect(headers).toEqual({ 'content-type': 'application/json', [auth]: 'sk-1' });
    }
  });

  test('no key, no header', () => {
    for (const auth of ['none', 'bearer', 'x-api-key', 'x-goog-api-key'] as const) {
      expect(authorizeRequest({ ...prepared, auth }, {})).toMatchObject({ headers: { 'content-type': 'application/json' } });
    }
    expect(authorizeRequest({ ...prepared, auth: 'none' }, { apiKey: new Secret('sk-1') })).not.toHaveProperty('headers.authorization');
  });

  test('extra headers are added, and override nothing', () => {
    const names = [
      'X-Team',
      'Authorization',
      'Host',
      'content-length',
      'Transfer-Encoding',
      'Connection',
      'Proxy-Authorization',
      'Content-Type',
    ];
    const headers = Object.fromEntries(names.map((name) => [name, new Secret(`mine-${name}`)]));
    expect(authorizeRequest(prepared, { apiKey: new Secret('sk-1'), headers })).toMatchObject({
      headers: { 'x-team': 'mine-X-Team', authorization: 'Bearer sk-1', 'content-type': 'application/json' },
    });
    expect(Object.keys((authorizeRequest(prepared, { headers }) as { headers: object }).headers).sort()).toEqual([
      'authorization',
      'content-type',
      'x-team',
    ]);
  });

  test('an incomplete key pair is refused before anything is signed', async () => {
    const call = async () => authorizeRequest({ ...prepared, auth: 'sigv4-bedrock', region: 'us-east-1' }, { apiKey: new Secret('sk-1') });
    await expect(call()).rejects.toMatchObject({ code: 'credential_unreadable' });
  });
});
