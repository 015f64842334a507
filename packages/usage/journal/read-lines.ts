import type { FileHandle } from 'node:fs/promises';
import { decodeLine, type JournalLine, type JournalMark } from './journal-line.ts';

export interface LinesRead {
  readonly lines: readonly JournalLine[];
  /** Where the next whole line begins. */
  readonly nextOffset: number;
  /** False: there is nothing more at the moment. */
  readonly more: boolean;
}

const chunkBytes = 512 * 1024;
const lineFeed = 0x0a;

/**
 * Reads whole lines from `offset` on, half a megabyte at most. A last line without its line feed is
 * left for later; lines that fail their checksum are passed over, and those of another mark than `only`.
 */
export async function readLines(file: FileHandle, offset: number, only?: JournalMark): Promise<LinesRead> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const { bytesRead } = await file.read(buffer, 0, chunkBytes, offset);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed);
  if (end < 0) {
    // No line of ours is this long: what a full chunk without an end holds is damage.
    const damaged = bytesRead === chunkBytes;
    return { lines: [], nextOffset: damaged ? offset + bytesRead : offset, more: damaged };
  }
  const texts = buffer.toString('utf8', 0, end).split('\n');
  const lines = (only === undefined ? texts : texts.filter((text) => text.startsWith(only))).map(decodeLine);
  return { lines: lines.filter((line) => line !== null), nextOffset: offset + end + 1, more: bytesRead === chunkBytes };
}
