const LF = 0x0a;
const CR = 0x0d;

/** The end of the last whole event in `bytes`: after its blank line. 0 where there is none. */
export function endOfLastEvent(bytes: Uint8Array): number {
  if (isBlankLineEnd(bytes, bytes.length - 1)) return bytes.length;
  for (let at = bytes.lastIndexOf(LF); at > 0; at = bytes.lastIndexOf(LF, at - 1)) {
    if (isBlankLineEnd(bytes, at)) return at + 1;
  }
  return 0;
}

/** The event around the index `at`, within whole events. */
export function eventAround(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  let start = at;
  while (start > 0 && !isBlankLineEnd(bytes, start - 1)) start -= 1;
  let end = at;
  while (end < bytes.length && !isBlankLineEnd(bytes, end)) end += 1;
  return { start, end: Math.min(bytes.length, end + 1) };
}

/** Whether the line feed at `at` ends a blank line, with LF or CRLF. */
function isBlankLineEnd(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== LF) return false;
  const before = bytes[at - 1];
  return before === LF || (before === CR && bytes[at - 2] === LF);
}

/** The `data` of one event: its lines joined. */
export function eventData(event: Uint8Array): string {
  const text = Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString('utf8');
  return text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(line[5] === ' ' ? 6 : 5))
    .join('\n');
}
