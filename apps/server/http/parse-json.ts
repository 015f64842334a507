import { PipelinesError } from '@pipelines/contracts';

const maxDepth = 64;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a body. The parser's own message is not passed on: it quotes the body, which may hold a secret.
 *
 * @throws PipelinesError `invalid_json`, `invalid_request` for a field named `__proto__` and for text that cannot be kept
 */
export function parseJson(body: Uint8Array): unknown {
  refuseDeepJson(body);
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    throw new PipelinesError('invalid_json', body.length === 0 ? { detail: 'The body is empty.' } : {});
  }
  refuseHarmfulParts(value, '');
  return value;
}

/** Looks at brackets outside of strings only, before anything recursive sees the body. @throws PipelinesError `invalid_json` */
function refuseDeepJson(body: Uint8Array): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (inString) {
      if (byte === 0x5c) index += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > maxDepth) throw new PipelinesError('invalid_json', { detail: `The body is nested deeper than ${maxDepth} levels.` });
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}

/** A field named `__proto__` means harm; a NUL or half a surrogate pair is text that the database cannot keep. */
function refuseHarmfulParts(value: unknown, path: string): void {
  if (typeof value === 'string') refuseHarmfulText(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') refuse(path, 'A field may not be named __proto__');
    refuseHarmfulText(key, path);
    refuseHarmfulParts(inner, path === '' ? key : `${path}.${key}`);
  }
}

function refuseHarmfulText(text: string, path: string): void {
  if (text.includes('\0')) refuse(path, 'No NUL characters');
  if (/\p{Cs}/u.test(text)) refuse(path, 'Not valid text: half of a character is missing');
}

function refuse(field: string, message: string): never {
  throw new PipelinesError('invalid_request', { fields: [{ field: field.slice(0, 200), message }] });
}
