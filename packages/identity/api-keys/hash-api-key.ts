import { createHmac, hash } from 'node:crypto';

/** HMAC-SHA256 with the server's pepper: a dump of the database alone cannot even confirm a guessed key. */
export function hashApiKey(pepper: Uint8Array, key: string): Buffer {
  return createHmac('sha256', pepper).update(key).digest();
}

const maxRemembered = 10_000;

/**
 * The same hash as text, for keys that come again and again. What is remembered is a plain digest of the
 * key, never the key, and only of those that `isKnown` by their hash: others cannot fill the memory.
 */
export function createKeyHasher(pepper: Uint8Array, isKnown: (keyHash: string) => boolean): (key: string) => string {
  const byDigest = new Map<string, string>();
  return (key) => {
    const digest = hash('sha256', key, 'base64');
    const remembered = byDigest.get(digest);
    if (remembered !== undefined) return remembered;
    const keyHash = hashApiKey(pepper, key).toString('base64');
    if (!isKnown(keyHash)) return keyHash;
    if (byDigest.size >= maxRemembered) byDigest.clear();
    byDigest.set(digest, keyHash);
    return keyHash;
  };
}
