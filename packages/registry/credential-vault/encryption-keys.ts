import type { SealingKey } from './envelope.ts';

/** The operator's keys (KEKs): the first one seals, every one opens. */
export interface EncryptionKeys {
  readonly primary: SealingKey;
  readonly all: ReadonlyMap<string, SealingKey>;
}

/** Why the server must not start with these keys, told to the operator. Never holds a key. */
export class EncryptionKeysError extends Error {
  override readonly name = 'EncryptionKeysError';
  readonly code = 'ENCRYPTION_KEYS';
  /** One sentence for each fault. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const keyLength = 32;
const kidShape = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Reads `[{ "kid": "…", "key": "<32 bytes in base64>" }, …]`.
 *
 * @param source how the operator knows it: a file's path or `ENCRYPTION_KEYS`
 * @throws EncryptionKeysError with every fault at once
 */
export function parseEncryptionKeys(text: string, source: string): EncryptionKeys {
  const entries = parseList(text, source);
  const problems: string[] = [];
  const all = new Map<string, SealingKey>();
  for (const [index, entry] of entries.entries()) {
    const where = `${source}: entry ${index + 1}`;
    const { kid, key } = (entry ?? {}) as { kid?: unknown; key?: unknown };
    if (typeof kid !== 'string' || !kidShape.test(kid))
      problems.push(`${where} needs a "kid" of 1 to 64 letters, digits, ".", "_" or "-".`);
    else if (all.has(kid)) problems.push(`${where} repeats the kid "${kid}"; each key needs a name of its own.`);
    const bytes = typeof key === 'string' ? decodeBase64(key) : null;
    if (bytes === null) problems.push(`${where} needs a "key" in base64.`);
    else if (bytes.length !== keyLength)
      problems.push(`${where} has a key of ${bytes.length} bytes; it must be ${keyLength} random bytes.`);
    else if (typeof kid === 'string') all.set(kid, { kid, bytes });
  }
  const [primary] = all.values();
  if (problems.length > 0 || !primary)
    throw new EncryptionKeysError(problems.length > 0 ? problems : [`${source}: the list holds no key.`]);
  return { primary, all };
}

function parseList(text: string, source: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which holds keys.
    throw new EncryptionKeysError([`${source} is not valid JSON; it must be [{ "kid": "…", "key": "…" }].`]);
  }
  if (!Array.isArray(value)) throw new EncryptionKeysError([`${source} must be a JSON list: [{ "kid": "…", "key": "…" }].`]);
  return value;
}

function decodeBase64(text: string): Buffer | null {
  const trimmed = text.trim();
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed) ? Buffer.from(trimmed, 'base64') : null;
}
