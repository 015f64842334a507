/** Whether a redirect only asks for the same place over https: then it is known where the call should have gone. */
export function leadsToHttps(from: string, location: string | readonly string[] | undefined): boolean {
  if (typeof location !== 'string' || !URL.canParse(location, from)) return false;
  const asked = new URL(from);
  const wanted = new URL(location, from);
  if (asked.protocol !== 'http:' || wanted.protocol !== 'https:') return false;
  return wanted.hostname === asked.hostname && wanted.port === asked.port && wanted.pathname === asked.pathname;
}
