export const slugMaxLength = 64;

/**
 * The slug that a display name gives: lower case, ASCII, words joined by `-`, at most 64
 * characters. Empty when the name has no letter or digit that ASCII can carry.
 */
export function slugFromName(displayName: string): string {
  return displayName
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugMaxLength)
    .replace(/^-+|-+$/g, '');
}

/** The first free slug of a name: `name`, `name-2`, `name-3`, … A name without ASCII gives `model`. */
export function uniqueSlug(displayName: string, isTaken: (slug: string) => boolean): string {
  const base = slugFromName(displayName) || 'model';
  if (!isTaken(base)) return base;
  for (let n = 2; ; n += 1) {
    const suffix = `-${n}`;
    const candidate = `${base.slice(0, slugMaxLength - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}
