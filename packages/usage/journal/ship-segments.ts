import { open, rm } from 'node:fs/promises';
import { readLines } from './read-lines.ts';
import type { Segment } from './segment.ts';

/** Writes the rows of a process's ended calls into the database; rejects when it cannot right now. */
export type ShipRows = (rows: readonly string[], processId: string) => Promise<void>;

/** Ships one process's own files while it writes on, and removes what is settled. Nothing is kept in memory but a chunk. */
export class SegmentShipper {
  shippedCount = 0;
  readonly #segments: Segment[];
  readonly #processId: string;
  readonly #ship: ShipRows;
  readonly #offsets = new Map<Segment, number>();

  constructor(segments: Segment[], processId: string, ship: ShipRows) {
    this.#segments = segments;
    this.#processId = processId;
    this.#ship = ship;
  }

  /** Everything that has ended so far. After a failure it goes on where it was. */
  async shipAll(): Promise<void> {
    for (const segment of [...this.#segments]) {
      await this.#shipSegment(segment);
      await this.#removeIfSettled(segment);
    }
  }

  async #shipSegment(segment: Segment): Promise<void> {
    let offset = this.#offsets.get(segment) ?? 0;
    if (offset >= segment.size) return;
    const file = await open(segment.path, 'r');
    try {
      for (let more = true; more; ) {
        const read = await readLines(file, offset, 'E');
        const rows = read.lines.map((line) => line.json);
        await this.#ship(rows, this.#processId);
        this.shippedCount += rows.length;
        offset = read.nextOffset;
        this.#offsets.set(segment, offset);
        more = read.more;
      }
    } finally {
      await file.close();
    }
  }

  async #removeIfSettled(segment: Segment): Promise<void> {
    if (!segment.sealed || segment.openCalls > 0 || (this.#offsets.get(segment) ?? 0) < segment.size) return;
    await rm(segment.path, { force: true });
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    this.#offsets.delete(segment);
  }
}
