import { crc32 } from 'node:zlib';

/**
 * A line of the journal: a mark (`S` a call begins, `E` it has ended), the checksum of the JSON in
 * eight hex digits, the JSON, a line feed. A line that was torn by a crash fails its checksum.
 */
export interface JournalLine {
  readonly mark: JournalMark;
  /** The row as a JSON object, keyed by the columns of `attempts`. */
  readonly json: string;
}

export type JournalMark = 'S' | 'E';

const headLength = 'S 00000000 '.length;

export function encodeLine(mark: JournalMark, json: string): string {
  return `${mark} ${checksum(json)} ${json}\n`;
}

/** Null for a line that is not whole. */
export function decodeLine(line: string): JournalLine | null {
  const mark = line[0];
  if ((mark !== 'S' && mark !== 'E') || line.length <= headLength) return null;
  const json = line.slice(headLength);
  return line.slice(2, headLength - 1) === checksum(json) ? { mark, json } : null;
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}
