import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { unknownRow } from '../attempt-row.ts';
import { readLines } from './read-lines.ts';
import { isSegmentName } from './segment.ts';
import type { ShipRows } from './ship-segments.ts';

export interface Recovered {
  /** Calls that had ended. */
  readonly settled: number;
  /** Calls that were out when their process died. */
  readonly unknown: number;
}

/**
 * Settles the journal of a process that is gone, and removes it. Safe to repeat and to do twice at
 * once, since every row is written once: nothing needs to be claimed.
 */
export async function recoverFolder(folder: string, ship: ShipRows): Promise<Recovered> {
  const processId = path.basename(folder);
  const openCalls = new Map<string, string>();
  let settled = 0;
  const segments = (await readdir(folder)).filter(isSegmentName).sort();
  for (const name of segments) settled += await settleSegment(path.join(folder, name), openCalls, (rows) => ship(rows, processId));
  const unknown = [...openCalls.values()].map(unknownRow);
  for (let at = 0; at < unknown.length; at += 500) await ship(unknown.slice(at, at + 500), processId);
  await rm(folder, { recursive: true, force: true });
  return { settled, unknown: unknown.length };
}

async function settleSegment(
  file: string,
  openCalls: Map<string, string>,
  ship: (rows: readonly string[]) => Promise<void>,
): Promise<number> {
  const handle = await open(file, 'r');
  let settled = 0;
  let offset = 0;
  try {
    for (let more = true; more; ) {
      const read = await readLines(handle, offset);
      const ended: string[] = [];
      for (const { mark, json } of read.lines) {
        if (mark === 'S') openCalls.set(rowId(json), json);
        else {
          openCalls.delete(rowId(json));
          ended.push(json);
        }
      }
      await ship(ended);
      settled += ended.length;
      offset = read.nextOffset;
      more = read.more;
    }
  } finally {
    await handle.close();
  }
  return settled;
}

function rowId(json: string): string {
  return (JSON.parse(json) as { id: string }).id;
}
