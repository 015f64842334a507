import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSecret, watch } from './canaries.ts';
import { findLeaks } from './find-leaks.ts';

const secret = makeSecret('xx');
const canary = watch('the key', secret);
const placeOf = (text: string | Buffer) => [
  { name: 'here', bytes: Buffer.concat([Buffer.from('before '), Buffer.from(text), Buffer.from(' after')]) },
];

describe('findLeaks', () => {
  const written: readonly (readonly [string, string])[] = [
    ['raw', secret],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64 inside a longer text', Buffer.from(`Basic user:${secret}`).toString('base64')],
    ['base64 one further', Buffer.from(`Basic  user:${secret}!`).toString('base64')],
    ['base64 two further', Buffer.from(`Basic   user:${secret}!!`).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['hex', Buffer.from(secret).toString('hex')],
    ['upper-case hex', Buffer.from(secret).toString('hex').toUpperCase()],
    ['URL-encoded', encodeURIComponent(secret)],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ secret }))],
    ['cut off', `${secret.slice(0, 16)}…`],
  ];

  it.each(written)('finds it %s', (_, text) => {
    expect(findLeaks([canary], placeOf(text))).toEqual([expect.stringMatching(/^the key \(.+\) in here$/)]);
  });

  it('finds raw bytes', () => {
    const key = randomBytes(32);
    expect(findLeaks([watch('pepper', key)], placeOf(key))).toEqual(['pepper (raw) in here']);
    expect(findLeaks([watch('pepper', key)], placeOf(key.toString('base64')))).toHaveLength(1);
  });

  it('does not take a masked preview for the secret', () => {
    expect(findLeaks([canary], placeOf(`${secret.slice(0, 3)}…${secret.slice(-4)}`))).toEqual([]);
  });

  it('allows one showing where it is allowed, and no second', () => {
    const once = [{ canary: 'the key', place: /^here$/, times: 1 }];
    expect(findLeaks([canary], placeOf(secret), once)).toEqual([]);
    expect(findLeaks([canary], [...placeOf(secret), ...placeOf(secret)], once)).toHaveLength(1);
    expect(findLeaks([canary], placeOf(`${secret} ${secret}`), once)).toHaveLength(1);
    expect(findLeaks([canary], [{ name: 'elsewhere', bytes: Buffer.from(secret) }], once)).toHaveLength(1);
  });
});
