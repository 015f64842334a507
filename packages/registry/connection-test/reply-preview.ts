import type { OpenCredential } from '@pipelines/providers';
import { mentionsSecret } from '../credential-vault/secret-fields.ts';

const maxLength = 120;

/** The beginning of an answer as one line; nothing of one that repeats the secret. */
export function replyPreview(reply: string | null, credential: OpenCredential): string | null {
  if (reply === null || mentionsSecret(credential, reply)) return null;
  const line = reply
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (line === '') return null;
  return line.length > maxLength ? `${[...line].slice(0, maxLength).join('')}…` : line;
}
