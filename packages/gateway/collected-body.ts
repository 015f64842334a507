/** A whole body, collected from its pieces up to a size. */
export class CollectedBody {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** There was more of it than may be, and nothing of it is kept. */
  get isTooLarge(): boolean {
    return this.#length > this.#maxBytes;
  }

  /** Takes the next piece. False: it is too large now. */
  add(piece: Uint8Array): boolean {
    this.#length += piece.length;
    if (this.isTooLarge) this.#pieces = [];
    else this.#pieces.push(piece);
    return !this.isTooLarge;
  }

  toBytes(): Uint8Array {
    const [only] = this.#pieces;
    return this.#pieces.length === 1 && only !== undefined ? only : this.copy();
  }

  /** For whoever keeps it: no larger buffer stays for its sake. */
  copy(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}
