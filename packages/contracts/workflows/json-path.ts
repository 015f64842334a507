const part = /\.([A-Za-z_][\w-]*)|\[(\d{1,9})\]/y;

/** The keys of a path such as `$.items[0].kind`; null where it is none. Names and positions only: nothing is searched or computed. */
export function parseJsonPath(path: string): readonly string[] | null {
  const text = path.trim();
  if (!text.startsWith('$')) return null;
  const keys: string[] = [];
  let at = 1;
  while (at < text.length) {
    part.lastIndex = at;
    const match = part.exec(text);
    if (match === null) return null;
    keys.push(match[1] ?? match[2] ?? '');
    at = part.lastIndex;
  }
  return keys;
}

/** The value at the keys; undefined where there is none. Only own properties count. */
export function readKeys(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}
