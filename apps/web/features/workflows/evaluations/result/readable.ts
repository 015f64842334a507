/** A value in one line: a single field as itself, everything else as JSON. */
export function readable(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && !Array.isArray(value)) {
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first) return readable(first[1]);
  }
  return JSON.stringify(value);
}

/** A value in full, for comparing. */
export function wholeText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
