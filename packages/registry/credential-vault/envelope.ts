import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const formatVersion = 1;
const ivLength = 12;
const tagLength = 16;

/** A 256-bit key and the name that ciphertexts know it by. */
export interface SealingKey {
  /** 1–64 visible ASCII characters. */
  readonly kid: string;
  readonly bytes: Uint8Array;
}

/** A ciphertext that is damaged, of another place, or sealed under another key. Says no more. */
export class UnreadableSealError extends Error {
  override readonly name = 'UnreadableSealError';
  constructor() {
    super('The sealed value cannot be opened.');
  }
}

/**
 * Joins texts so that no two lists give the same bytes: each is preceded by its length (32 bits, big endian).
 */
export function lengthPrefixed(parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/**
 * Encrypts with AES-256-GCM under a fresh IV. `context` says where the ciphertext belongs; it is
 * authenticated, not stored, and must be given again to open.
 *
 * @returns `version (1 byte) | length of kid (1 byte) | kid | iv (12) | ciphertext | tag (16)`
 */
export function seal(key: SealingKey, plaintext: Uint8Array, context: readonly string[]): Buffer {
  const kid = Buffer.from(key.kid, 'latin1');
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key.bytes, iv, { authTagLength: tagLength });
  cipher.setAAD(lengthPrefixed([...context, key.kid]));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(formatVersion, kid.length), kid, iv, ciphertext, cipher.getAuthTag()]);
}

/**
 * The name of the key that a ciphertext was sealed under.
 * @throws UnreadableSealError
 */
export function readKid(sealed: Uint8Array): string {
  const [version, kidLength] = sealed;
  if (version !== formatVersion || !kidLength || sealed.length < 2 + kidLength + ivLength + tagLength) throw new UnreadableSealError();
  return Buffer.from(sealed.subarray(2, 2 + kidLength)).toString('latin1');
}

/**
 * Decrypts what `seal` made, in the same context only.
 * @throws UnreadableSealError for whatever is wrong with it
 */
export function open(key: SealingKey, sealed: Uint8Array, context: readonly string[]): Buffer {
  if (readKid(sealed) !== key.kid) throw new UnreadableSealError();
  const start = 2 + key.kid.length;
  try {
    // Without authTagLength, node would take tags of four bytes, which can be guessed.
    const decipher = createDecipheriv(algorithm, key.bytes, sealed.subarray(start, start + ivLength), { authTagLength: tagLength });
    decipher.setAAD(lengthPrefixed([...context, key.kid]));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(start + ivLength, -tagLength)), decipher.final()]);
  } catch {
    throw new UnreadableSealError();
  }
}
