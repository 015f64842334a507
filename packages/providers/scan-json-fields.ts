import { PipelinesError } from '@pipelines/contracts';

/** Where a top-level field lies: the key's opening quote, and the value's start and end (exclusive). */
export interface FieldSpan {
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const MAX_DEPTH = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * The spans of the top-level fields of a JSON object. The scan looks for structure only: what it finds
 * holds if the bytes turn out to be valid JSON. Strings are jumped over, so that an image costs nothing.
 * @throws PipelinesError `invalid_json` for what is no object or too deep, `duplicate_field`
 */
export function scanTopLevelFields(bytes: Uint8Array): Map<string, FieldSpan> {
  if (bytes[firstOf(bytes)] !== OPEN_BRACE) throw new PipelinesError('invalid_json', { detail: 'The body is not a JSON object.' });
  const fields = new Map<string, FieldSpan>();
  let depth = 0;
  let key: { text: string; start: number } | null = null;
  let valueStart = -1;
  let valueEnd = -1;

  const finishField = (): void => {
    if (key === null) return;
    if (fields.has(key.text)) throw new PipelinesError('duplicate_field', { detail: 'A top-level field is given twice.' });
    fields.set(key.text, { keyStart: key.start, valueStart, valueEnd });
    key = null;
    valueStart = -1;
  };

  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte <= 0x20) continue;
    if (depth === 1) {
      if (byte === COLON) continue;
      if (byte === COMMA || byte === CLOSE_BRACE) finishField();
      else if (key !== null && valueStart < 0) valueStart = at;
    }
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (depth === 1 && key === null) key = { text: readKey(bytes, at, end), start: at };
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new PipelinesError('invalid_json', { detail: `The body is nested deeper than ${MAX_DEPTH} levels.` });
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    valueEnd = at + 1;
  }
  return fields;
}

/** The spans of the objects in a JSON array that is known to be valid, in their order. What is no object is passed over. */
export function scanObjectItems(bytes: Uint8Array): { readonly start: number; readonly end: number }[] {
  const items: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth === 2) start = at;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 1 && byte === CLOSE_BRACE) items.push({ start, end: at + 1 });
    }
  }
  return items;
}

function firstOf(bytes: Uint8Array): number {
  let at = 0;
  while ((bytes[at] ?? 0x21) <= 0x20) at += 1;
  return at;
}

/** The index of the quote that closes the string opened at `start`; past the end where none does. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start + 1); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote;
  }
  return bytes.length;
}

function readKey(bytes: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset, byteLength } = bytes.subarray(start, end + 1);
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new PipelinesError('invalid_json');
  }
}
