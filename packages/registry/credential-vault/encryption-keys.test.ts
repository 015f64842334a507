import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EncryptionKeysError, parseEncryptionKeys } from './encryption-keys.ts';

const key = (length = 32) => randomBytes(length).toString('base64');

function problemsOf(text: string): readonly string[] {
  try {
    parseEncryptionKeys(text, 'ENCRYPTION_KEYS');
  } catch (error) {
    if (error instanceof EncryptionKeysError) return error.problems;
  }
  return [];
}

describe('parseEncryptionKeys', () => {
  it('seals with the first and knows all', () => {
    const keys = parseEncryptionKeys(
      JSON.stringify([
        { kid: 'new', key: key() },
        { kid: 'old', key: key() },
      ]),
      'x',
    );
    expect(keys.primary.kid).toBe('new');
    expect([...keys.all.keys()]).toEqual(['new', 'old']);
    expect(keys.primary.bytes).toHaveLength(32);
  });

  it('tells every fault at once, and no key', () => {
    const secret = key(31);
    const faulty = [
      { kid: 'a', key: secret },
      { kid: 'b', key: key() },
      { kid: 'b', key: key() },
      { kid: 'c d', key: 'correct horse battery' },
      7,
    ];
    const problems = problemsOf(JSON.stringify(faulty));
    expect(problems).toEqual([
      'ENCRYPTION_KEYS: entry 1 has a key of 31 bytes; it must be 32 random bytes.',
      'ENCRYPTION_KEYS: entry 3 repeats the kid "b"; each key needs a name of its own.',
      'ENCRYPTION_KEYS: entry 4 needs a "kid" of 1 to 64 letters, digits, ".", "_" or "-".',
      'ENCRYPTION_KEYS: entry 4 needs a "key" in base64.',
      'ENCRYPTION_KEYS: entry 5 needs a "kid" of 1 to 64 letters, digits, ".", "_" or "-".',
      'ENCRYPTION_KEYS: entry 5 needs a "key" in base64.',
    ]);
    expect(problems.join()).not.toContain(secret);
  });

  it.each(['', '{', 'null', '{}', '[]', '"text"'])('refuses %j', (text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('does not quote what it cannot parse', () => {
    expect(problemsOf('[{"kid":"a","key":"c2VjcmV0'.concat('"')).join()).not.toContain('c2VjcmV0');
  });
});
