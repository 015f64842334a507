import { EgressError } from './egress-error.ts';

/**
 * The headers as a transport takes them: name, value, name, value. A foreign `host` is refused, since it would
 * also choose the name that the TLS certificate is checked against.
 * @throws EgressError `bad_request`
 */
export function toRequestHeaders(headers: Readonly<Record<string, string>>, host: string): string[] {
  const flat = ['accept-encoding', 'identity'];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (name.length === 4 && name.toLowerCase() === 'host') {
      if (value.toLowerCase() !== host) throw new EgressError('bad_request', 'before_send', 'host_header');
      continue;
    }
    if (name.length === 15 && name.toLowerCase() === 'accept-encoding') continue;
    flat.push(name, value);
  }
  return flat;
}
