/** A JSON object as received: its exact bytes, its parsed value, and where each top-level field lies. */
export interface JsonBody<Value> {
  readonly bytes: Uint8Array;
  readonly value: Value;
  /** Byte spans of top-level fields by key: the key's opening quote, and the value's start and end (exclusive). */
  readonly fields: ReadonlyMap<string, { readonly keyStart: number; readonly valueStart: number; readonly valueEnd: number }>;
}
