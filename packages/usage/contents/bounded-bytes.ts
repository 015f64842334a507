import type { KeptBody } from '@pipelines/contracts';

/** A share of memory that all drafts and everything that waits to be written have together. */
export class ContentBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** As many of these bytes as there is room for. */
  take(bytes: number): number {
    const taken = Math.min(bytes, this.#left);
    this.#left -= taken;
    return taken;
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}

/** The beginning of a body that comes in pieces: a copy, so that no larger buffer stays for its sake. */
export class BoundedBytes {
  /** Of the whole body. */
  length = 0;
  kept = 0;
  readonly #pieces: Buffer[] = [];
  readonly #maxBytes: number;
  readonly #budget: ContentBudget;

  constructor(maxBytes: number, budget: ContentBudget) {
    this.#maxBytes = maxBytes;
    this.#budget = budget;
  }

  add(bytes: Uint8Array): void {
    // Once something is missing nothing may follow it: what is kept is a beginning.
    const room = this.kept < this.length ? 0 : Math.min(bytes.length, this.#maxBytes - this.kept);
    const taken = room === 0 ? 0 : this.#budget.take(room);
    if (taken > 0) this.#pieces.push(Buffer.from(bytes.subarray(0, taken)));
    this.kept += taken;
    this.length += bytes.length;
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.kept === this.length && Buffer.concat(this.#pieces).equals(other);
  }

  toBody(): KeptBody {
    const truncated = this.kept < this.length;
    const text = new TextDecoder().decode(Buffer.concat(this.#pieces), { stream: truncated });
    return { text, bytes: this.length, truncated };
  }
}
