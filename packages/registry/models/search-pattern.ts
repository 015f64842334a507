/** For `ilike`: the text itself anywhere, where `%` and `_` mean themselves. PostgreSQL refuses a text with a NUL. */
export function searchPattern(text: string): string {
  return `%${text.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
}
