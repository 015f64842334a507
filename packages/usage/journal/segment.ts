/** One file of a journal. Removed once everything in it is settled in the database. */
export interface Segment {
  readonly path: string;
  /** Bytes written so far. */
  size: number;
  /** Calls that began in this file and whose end is not yet safe on disk. */
  openCalls: number;
  /** True once the writer has moved on to the next file. */
  sealed: boolean;
}

const nameShape = /^(\d{10})\.log$/;

/** `0000000001.log`: sorts as it was written. */
export function segmentName(number: number): string {
  return `${String(number).padStart(10, '0')}.log`;
}

export function isSegmentName(name: string): boolean {
  return nameShape.test(name);
}
