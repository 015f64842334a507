import { createHmac } from 'node:crypto';
import { type AuthKind, type ProviderId, Secret } from '@pipelines/contracts';
import type { OpenCredential } from '@pipelines/providers';
import { lengthPrefixed, UnreadableSealError } from './envelope.ts';

/**
 * Where secrets leave and enter their `Secret`s for storage: the bytes that are sealed, and the keyed
 * hash that tells equal ones. Nothing else in this package may look inside.
 */

/** Each field as `[name, value]`, in one order; a header as `header:<name>`. */
function listSecrets(credential: OpenCredential): readonly (readonly [string, Secret])[] {
  const { apiKey, accessKeyId, secretAccessKey, sessionToken, headers = {} } = credential;
  const fields = Object.entries({ apiKey, accessKeyId, secretAccessKey, sessionToken });
  const extra = Object.entries(headers).map(([name, value]) => [`header:${name.toLowerCase()}`, value] as const);
  return [...fields, ...extra.sort(([a], [b]) => (a < b ? -1 : 1))].filter((field): field is [string, Secret] => field[1] !== undefined);
}

/** The plaintext that is sealed: a JSON list of pairs. Overwrite it after use. */
export function serializeSecrets(credential: OpenCredential): Buffer {
  return Buffer.from(JSON.stringify(listSecrets(credential).map(([name, secret]) => [name, secret.expose()])));
}

/** @throws UnreadableSealError when it is not what `serializeSecrets` makes */
export function parseSecrets(plaintext: Buffer): OpenCredential {
  const fields: Record<string, Secret> = {};
  const headers: Record<string, Secret> = {};
  for (const [name, value] of parsePairs(plaintext)) {
    if (name.startsWith('header:')) headers[name.slice('header:'.length)] = new Secret(value);
    else fields[name] = new Secret(value);
  }
  return Object.keys(headers).length > 0 ? { ...fields, headers } : fields;
}

function parsePairs(plaintext: Buffer): readonly (readonly [string, string])[] {
  try {
    return JSON.parse(plaintext.toString('utf8'));
  } catch {
    // The parser's own message quotes the secret.
    throw new UnreadableSealError();
  }
}

/** The account that a secret belongs to; the same secret of another organization has another fingerprint. */
export interface SecretOwner {
  readonly organizationId: string;
  readonly provider: ProviderId;
  readonly authKind: AuthKind;
}

/** Equal exactly when owner and secrets are; nothing can be learned from it without the key. 32 bytes. */
export function fingerprintSecrets(key: Uint8Array, owner: SecretOwner, credential: OpenCredential): Buffer {
  const secrets = listSecrets(credential).flatMap(([name, secret]) => [name, secret.expose().trim()]);
  return createHmac('sha256', key)
    .update(lengthPrefixed(['pipelines/fp/v1', owner.organizationId, owner.provider, owner.authKind, ...secrets]))
    .digest();
}

/** HMAC-SHA256 of a text under the bytes that the credential's key spells in base64 behind its prefix, in base64. */
export function signText({ apiKey }: OpenCredential, text: string): string {
  const key = Buffer.from(apiKey?.expose().replace(/^[a-z]+_/, '') ?? '', 'base64');
  // An empty key would sign as well, and anybody could.
  if (key.length === 0) throw new UnreadableSealError();
  return createHmac('sha256', key).update(text).digest('base64');
}

/** Whether a text that came from outside holds one of the secrets, or a large part of one: it must then not be shown. */
export function mentionsSecret(credential: OpenCredential, text: string): boolean {
  return listSecrets(credential).some(([, secret]) => {
    const value = secret.expose();
    return value.length >= 4 && text.includes(value.slice(0, 12));
  });
}

const shortestHidden = 4;

/** A text that came from outside with `[secret]` in the place of each secret, however it is spelled there. */
export function hideSecrets(credential: OpenCredential, text: string): string {
  let hidden = text;
  for (const [, secret] of listSecrets(credential)) {
    const value = secret.expose();
    if (value.length < shortestHidden) continue;
    for (const spelling of spellings(value)) hidden = hidden.replaceAll(spelling, '[secret]');
  }
  return hidden;
}

/** The longest first: as it is, within JSON, within JSON within JSON, in addresses, in hex, and in base64 wherever it begins there. */
function spellings(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const plain = [value, escaped, JSON.stringify(escaped).slice(1, -1)];
  const inAddresses = [encodeURIComponent(value), new URLSearchParams({ x: value }).toString().slice(2)];
  const hex = Buffer.from(value).toString('hex');
  const all = [...plain, ...inAddresses, hex, hex.toUpperCase(), ...plain.flatMap(spellInBase64)];
  return [...new Set(all.filter((each) => each.length >= shortestHidden))].sort((a, b) => b.length - a.length);
}

/** Without the characters that it shares with what stands before and behind it. */
function spellInBase64(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const whole = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
