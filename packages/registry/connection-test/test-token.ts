import { createHash, randomBytes } from 'node:crypto';

/** What names a stored test to its caller: 256 random bits. The database knows its hash only. */
export function makeTestToken(): { readonly token: string; readonly hash: Buffer } {
  const token = `ct_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashTestToken(token) };
}

export function hashTestToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
