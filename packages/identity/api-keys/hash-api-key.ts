import { createHmac } from 'node:crypto';

/** HMAC-SHA256 with the server's pepper: a dump of the database alone cannot even confirm a guessed key. */
export function hashApiKey(pepper: Uint8Array, key: string): Buffer {
  return createHmac('sha256', pepper).update(key).digest();
}
