import { randomBytes } from 'node:crypto';
import { Secret } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { fingerprintSecrets, mentionsSecret, parseSecrets, type SecretOwner, serializeSecrets } from './secret-fields.ts';

const key = randomBytes(32);
const owner: SecretOwner = { organizationId: 'organization-a', provider: 'bedrock', authKind: 'iam' };
const iam = (id: string, secret: string, token?: string) => ({
  accessKeyId: new Secret(id),
  secretAccessKey: new Secret(secret),
  ...(token !== undefined && { sessionToken: new Secret(token) }),
});
const print = (credential: Parameters<typeof serializeSecrets>[0], by = owner) => fingerprintSecrets(key, by, credential).toString('hex');

describe('serializeSecrets', () => {
  it('comes back through parseSecrets with every field', () => {
    const opened = parseSecrets(
      serializeSecrets({ ...iam('a', 'b', 'c'), apiKey: new Secret('d'), headers: { 'x-team': new Secret('e') } }),
    );
    expect(opened.accessKeyId?.expose()).toBe('a');
    expect(opened.secretAccessKey?.expose()).toBe('b');
    expect(opened.sessionToken?.expose()).toBe('c');
    expect(opened.apiKey?.expose()).toBe('d');
    expect(opened.headers?.['x-team']?.expose()).toBe('e');
  });

  it('has no headers where there were none', () => {
    expect(parseSecrets(serializeSecrets({ apiKey: new Secret('k') }))).not.toHaveProperty('headers');
  });
});

describe('fingerprintSecrets', () => {
  it('is equal for equal secrets, whatever the order of their fields', () => {
    const a = { headers: { b: new Secret('2'), a: new Secret('1') } };
    const b = { headers: { A: new Secret('1'), b: new Secret('2') } };
    expect(print(a)).toBe(print(b));
    expect(fingerprintSecrets(key, owner, a)).toHaveLength(32);
  });

  it('differs by owner, key and each secret', () => {
    const prints = [
      print(iam('id', 'secret')),
      print(iam('id', 'secret', 'token')),
      print(iam('i', 'dsecret')),
      print(iam('secret', 'id')),
      print({ apiKey: new Secret('id') }),
      print(iam('id', 'secret'), { ...owner, organizationId: 'organization-b' }),
      fingerprintSecrets(randomBytes(32), owner, iam('id', 'secret')).toString('hex'),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('mentionsSecret', () => {
  const credential = { apiKey: new Secret('sk-abcdefghijklmnopqrstuvwxyz') };

  it('finds the secret, and the larger part of one', () => {
    expect(mentionsSecret(credential, 'your key is sk-abcdefghijklmnopqrstuvwxyz!')).toBe(true);
    expect(mentionsSecret(credential, 'sk-abcdefghi***')).toBe(true);
    expect(mentionsSecret(credential, 'pong')).toBe(false);
  });
});
