import { findFieldValue } from './find-field.ts';

const QUOTE = 0x22;
const NULL_START = 0x6e;
/** Before the name of an event. */
const nameStart = /(?:^|[\r\n])event: ?$/;

/** Whether the word `error`, found from `start` to `end`, may tell of one: a text that an answer says, or a field that is null, does not. */
export function mayTellError(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start - 1] === QUOTE && bytes[end] === QUOTE) return bytes[findFieldValue(bytes, end + 1)] !== NULL_START;
  return nameStart.test(Buffer.from(bytes.subarray(Math.max(0, start - 8), start)).toString('latin1'));
}

/** Whether an event is an error of the provider, in any of the forms that servers of this wire have for one. */
export function tellsError(event: Uint8Array, data: Readonly<Record<string, unknown>> | null): boolean {
  if (data !== null && holdsError(data)) return true;
  return /(?:^|[\r\n])event: ?error[\r\n]/.test(Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString('latin1'));
}

/** Whether JSON that came with a 200 is an error, or holds one in place of an answer. */
export function holdsError({ error, object, type, choices }: Readonly<Record<string, unknown>>): boolean {
  if (isTold(error) || object === 'error' || type === 'error') return true;
  return Array.isArray(choices) && choices.some((choice) => isTold((choice as { error?: unknown } | null)?.error));
}

/** Whether a field that servers leave empty in several ways holds something. */
export function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}
