import type { JsonBody } from './json-body.ts';

export interface BodyEdit {
  /** Top-level fields to replace, or to add at the end. `undefined` leaves a field alone; bytes are JSON already. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/** The body with some top-level fields changed, by splicing: every other byte stays as the caller sent it. */
export function editJsonBody<Value>(body: JsonBody<Value>, edit: BodyEdit): Uint8Array {
  const values = new Map<string, Uint8Array>();
  for (const [key, value] of Object.entries(edit.set)) {
    if (value instanceof Uint8Array) {
      values.set(key, value);
      continue;
    }
    const text = JSON.stringify(value);
    if (text !== undefined) values.set(key, Buffer.from(text));
  }
  const removed = new Set(edit.remove.filter((key) => body.fields.has(key) && !values.has(key)));
  if (values.size === 0 && removed.size === 0) return body.bytes;

  const splicer = new Splicer(body.bytes);
  const start = body.bytes.indexOf(0x7b) + 1;
  let end = start;
  let kept = 0;
  for (const [key, span] of body.fields) {
    // The comma before a field belongs to it, so the first that stays loses the one that it had.
    if (kept === 0 && end > start) splicer.replace(end, span.keyStart, []);
    if (removed.has(key)) {
      splicer.replace(kept === 0 ? span.keyStart : end, span.valueEnd, []);
    } else {
      const value = values.get(key);
      if (value !== undefined) splicer.replace(span.valueStart, span.valueEnd, [value]);
      kept += 1;
    }
    end = span.valueEnd;
  }
  for (const [key, value] of values) {
    if (body.fields.has(key)) continue;
    splicer.replace(end, end, [Buffer.from(`${kept === 0 ? '' : ','}${JSON.stringify(key)}:`), value]);
    kept += 1;
  }
  return splicer.finish();
}

/** Copies bytes in order, leaving out and putting in. */
class Splicer {
  readonly #source: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  #copiedTo = 0;

  constructor(source: Uint8Array) {
    this.#source = source;
  }

  replace(start: number, end: number, pieces: readonly Uint8Array[]): void {
    if (start > this.#copiedTo) this.#pieces.push(this.#source.subarray(this.#copiedTo, start));
    this.#pieces.push(...pieces);
    this.#copiedTo = end;
  }

  finish(): Uint8Array {
    this.#pieces.push(this.#source.subarray(this.#copiedTo));
    return Buffer.concat(this.#pieces);
  }
}
