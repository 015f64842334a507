const COLON = 0x3a;

/** The index of a field's value, given the end of its key; -1 where what stands there is no key. */
export function findFieldValue(bytes: Uint8Array, keyEnd: number): number {
  const colon = skipSpace(bytes, keyEnd);
  if (bytes[colon] !== COLON) return -1;
  const value = skipSpace(bytes, colon + 1);
  return value < bytes.length ? value : -1;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0x21) <= 0x20) at += 1;
  return at;
}
