import { type ChatUsage, PipelinesError, type TokenUsage, type UnitPrices } from '@pipelines/contracts';
import { parseJsonBody, readUsage } from '@pipelines/providers';
import { calculateCost } from '@pipelines/usage';

const usageKey = Buffer.from('"usage"');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

interface Span {
  readonly start: number;
  /** After its last byte. */
  readonly end: number;
}

/** A whole answer with its cost inside `usage`; every other byte stays. `usage` is the answer's own, as parsed. */
export function addCost(answer: Uint8Array, usage: unknown, cost: string): Uint8Array {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  const wanted = JSON.stringify(usage);
  for (let at = bytes.lastIndexOf(usageKey); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(usageKey, at - 1)) {
    const span = objectAfterKey(bytes, at + usageKey.length);
    const text = span === null ? '' : bytes.toString('utf8', span.start, span.end);
    // Another object may have a field of this name: only the answer's own counts.
    const found = text === wanted ? (usage as ChatUsage) : parseUsage(text);
    if (span !== null && found !== null && (text === wanted || JSON.stringify(found) === wanted)) return splice(bytes, span, found, cost);
  }
  return answer;
}

/** Whole events of a stream with the cost so far inside each `usage` among them, which `countTokens` reads. */
export function addStreamCost(
  events: Uint8Array,
  prices: UnitPrices,
  images: number | null = null,
  countTokens: (usage: unknown) => TokenUsage | null = countChatTokens,
): Uint8Array {
  let bytes = Buffer.from(events.buffer, events.byteOffset, events.byteLength);
  for (let at = bytes.indexOf(usageKey); at >= 0; at = bytes.indexOf(usageKey, at + usageKey.length)) {
    const span = objectAfterKey(bytes, at + usageKey.length);
    if (span === null) continue;
    const usage = parseUsage(bytes.toString('utf8', span.start, span.end));
    const tokens = usage === null ? null : countTokens(usage);
    const cost = tokens === null ? null : calculateCost(tokens, prices, images);
    if (usage !== null && cost !== null) bytes = splice(bytes, span, usage, cost);
  }
  return bytes;
}

/** The object that is the value of a key, given the end of the key; null where the value is none, or not whole. */
function objectAfterKey(bytes: Uint8Array, keyEnd: number): Span | null {
  let start = keyEnd;
  while ((bytes[start] ?? 0) === 0x3a || (bytes[start] ?? 0x21) <= 0x20) start += 1;
  if (bytes[start] !== OPEN_BRACE) return null;
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_BRACE) depth += 1;
    else if (byte === CLOSE_BRACE) {
      depth -= 1;
      if (depth === 0) return { start, end: at + 1 };
    }
  }
  return null;
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function parseUsage(text: string): ChatUsage | null {
  try {
    return JSON.parse(text) as ChatUsage;
  } catch {
    return null;
  }
}

/** The `usage` of a chat as the log counts it; what cannot be true gives no cost. */
export function countChatTokens(usage: unknown): TokenUsage | null {
  return readUsage(usage, '');
}

/** Puts the cost into the object as its last field, or in place of the provider's own figure. */
function splice(bytes: Buffer, { start, end }: Span, usage: ChatUsage, cost: string): Buffer {
  if (Object.hasOwn(usage, 'cost')) {
    const given = findCost(bytes.subarray(start, end));
    return given === null ? bytes : replace(bytes, start + given.start, start + given.end, cost);
  }
  let last = end - 1;
  while ((bytes[last - 1] ?? 0x21) <= 0x20) last -= 1;
  return replace(bytes, last, last, `${last - 1 === start ? '' : ','}"cost":${cost}`);
}

/** Null where it is told twice: then nobody can say which of the two a reader believes. */
function findCost(usage: Uint8Array): Span | null {
  try {
    const field = parseJsonBody(usage).fields.get('cost');
    return field === undefined ? null : { start: field.valueStart, end: field.valueEnd };
  } catch (error) {
    if (error instanceof PipelinesError) return null;
    throw error;
  }
}

function replace(bytes: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]);
}
