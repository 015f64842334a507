const maxDepth = 64;

/** Why a value cannot be kept, in one sentence: PostgreSQL takes neither NUL nor half a character. Null: it can. */
export function findUnstorableText(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return checkText(value);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= maxDepth) return `Nested deeper than ${maxDepth} levels.`;
  for (const [key, inner] of Object.entries(value)) {
    const found = checkText(key) ?? findUnstorableText(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function checkText(text: string): string | null {
  if (text.includes('\0')) return 'No NUL characters.';
  // A lone surrogate has the general category Cs.
  return /\p{Cs}/u.test(text) ? 'Not valid text: half of a character is missing.' : null;
}
