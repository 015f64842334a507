import { randomBytes } from 'node:crypto';
import { gcm } from '@noble/ciphers/aes.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthPrefixed, open, readKid, type SealingKey, seal, UnreadableSealError } from './envelope.ts';

const key: SealingKey = { kid: 'k1', bytes: randomBytes(32) };
const context = ['pipelines/cred/v1', 'organization', 'credential', '1'];
const plaintext = Buffer.from('a secret of 25 characters');
const headerLength = 2 + key.kid.length;

describe('seal', () => {
  it('makes what another implementation of AES-256-GCM opens, and opens what it makes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.string(), { maxLength: 5 }), (bytes, parts) => {
        const sealed = seal(key, bytes, parts);
        const aad = lengthPrefixed([...parts, key.kid]);
        const iv = sealed.subarray(headerLength, headerLength + 12);
        expect(Buffer.from(gcm(key.bytes, iv, aad).decrypt(sealed.subarray(headerLength + 12)))).toEqual(Buffer.from(bytes));
        const theirs = Buffer.concat([sealed.subarray(0, headerLength), iv, gcm(key.bytes, iv, aad).encrypt(bytes)]);
        expect(open(key, theirs, parts)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 100 },
    );
  });

  it('never repeats an IV', () => {
    const ivs = new Set(
      Array.from({ length: 500 }, () =>
        seal(key, plaintext, context)
          .subarray(headerLength, headerLength + 12)
          .toString('hex'),
      ),
    );
    expect(ivs.size).toBe(500);
  });

  it('tells the name of its key', () => {
    expect(readKid(seal(key, plaintext, context))).toBe('k1');
  });
});

describe('open', () => {
  const sealed = seal(key, plaintext, context);
  const rejected = (bytes: Uint8Array, parts: readonly string[] = context, by: SealingKey = key) =>
    expect(() => open(by, bytes, parts)).toThrow(UnreadableSealError);

  it('opens in its own context', () => {
    expect(open(key, sealed, context)).toEqual(plaintext);
  });

  it('rejects each flipped bit', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const damaged = Buffer.from(sealed);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      rejected(damaged);
    }
  });

  it('rejects each truncation, so also a tag of four bytes', () => {
    for (let length = 0; length < sealed.length; length += 1) rejected(sealed.subarray(0, length));
    rejected(Buffer.concat([sealed, Buffer.of(0)]));
  });

  it('rejects another context, key and kid', () => {
    rejected(sealed, [...context.slice(0, -1), '2']);
    rejected(sealed, context.slice(0, -1));
    rejected(sealed, [...context, '']);
    rejected(sealed, context, { kid: 'k1', bytes: randomBytes(32) });
    rejected(sealed, context, { kid: 'k2', bytes: key.bytes });
  });

  it('tells contexts apart that would be equal as one text', () => {
    rejected(seal(key, plaintext, ['orgA', 'c1']), ['orgAc', '1']);
    rejected(seal(key, plaintext, ['a', '']), ['', 'a']);
  });
});
