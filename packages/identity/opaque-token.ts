import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link. Only its hash is stored. */
export function createOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 is enough: the token is as random as a key, so nothing can be guessed from its hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
