import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const value = 'CNRY-secret-8f2b';
const secret = new Secret(value);

describe('Secret', () => {
  it.each([
    ['String()', () => String(secret)],
    ['template', () => `${secret}`],
    ['JSON', () => JSON.stringify({ nested: [secret] })],
    ['inspect', () => inspect({ nested: { secret } }, { depth: 9, showHidden: true })],
    ['concatenation', () => `Bearer ${'' + secret}`],
    ['keys', () => JSON.stringify(Object.entries(secret))],
    ['error cause', () => inspect(new Error('x', { cause: secret }))],
  ])('does not show through %s', (_way, show) => {
    expect(show()).not.toContain(value);
  });

  it('gives its value to who asks for it', () => {
    expect(secret.expose()).toBe(value);
  });
});
