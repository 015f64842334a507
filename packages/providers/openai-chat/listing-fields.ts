export type Entry = Readonly<Record<string, unknown>>;

/** Text of one line: no control characters, and no half of a character, which nothing could keep. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(value) ? value : null;
}

/** No model holds more. */
const largestSize = 2_000_000_000;

export function size(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= largestSize ? value : null;
}

export function record(value: unknown): Entry {
  return typeof value === 'object' && value !== null ? (value as Entry) : {};
}

const wordShape = /^[a-z0-9_-]{1,32}$/;

/** A list of plain words, such as `["text", "image"]`; what is no word is left out. Null where there is no list. */
export function words(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((word): word is string => typeof word === 'string' && wordShape.test(word)).slice(0, 20);
}
