/** Whether an address, as it will be parsed, is the base or beneath it. */
export function isWithin(baseUrl: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { href, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  const base = baseUrl.replace(/\/+$/, '');
  return href === base || ['/', '?', '#'].some((next) => href.startsWith(base + next));
}
