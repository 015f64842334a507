/** Bytes in pieces of these sizes, in turn, as a network may deliver them. */
export async function* cutBytes(bytes: Buffer, sizes: readonly number[]): AsyncIterable<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
