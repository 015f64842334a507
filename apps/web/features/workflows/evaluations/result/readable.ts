/** A value in one line: a single field as itself, everything else as JSON. */
export function readable(value: unknown): string {
  const only = onlyField(value);
  if (only === null || only === undefined) return '—';
  return typeof only === 'string' ? only : JSON.stringify(only);
}

/** A value in full, for comparing: a single text as itself, everything else as JSON. */
export function wholeText(value: unknown): string {
  const only = onlyField(value);
  if (only === null || only === undefined) return '';
  return typeof only === 'string' ? only : JSON.stringify(value, null, 2);
}

/** What an object with one field has in it; every other value itself. */
function onlyField(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  return entries.length === 1 && first ? first[1] : value;
}
