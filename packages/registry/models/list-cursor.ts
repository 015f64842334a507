/** The place in the list after which a page begins. */
export type ListCursor =
  | { readonly kind: 'platform'; readonly position: number; readonly slug: string }
  | { readonly kind: 'custom'; readonly sortKey: string; readonly slug: string };

export function encodeCursor(cursor: ListCursor): string {
  const parts = cursor.kind === 'platform' ? ['p', cursor.position, cursor.slug] : ['c', cursor.sortKey, cursor.slug];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null for a text that `encodeCursor` has not made. */
export function decodeCursor(text: string): ListCursor | null {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 3) return null;
  const [kind, key, slug] = parts as readonly unknown[];
  if (typeof slug !== 'string' || slug.includes('\0')) return null;
  if (kind === 'p' && typeof key === 'number') return { kind: 'platform', position: key, slug };
  if (kind === 'c' && typeof key === 'string' && !key.includes('\0')) return { kind: 'custom', sortKey: key, slug };
  return null;
}
