/** Gives one key for one content, again and again, and another for the next: pressing Run again after a lost answer runs nothing twice. */
export function createIdempotencyKeys(): (content: unknown) => string {
  let last: { readonly content: string; readonly key: string } | null = null;
  return (content) => {
    const text = JSON.stringify(content);
    if (last?.content !== text) last = { content: text, key: randomKey() };
    return last.key;
  };
}

/** Not `crypto.randomUUID`, which browsers have on secure addresses only. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
