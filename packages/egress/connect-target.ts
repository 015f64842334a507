/** The end of a connection as a URL names it. */
export interface ConnectTarget {
  /** Lower case, without brackets and trailing dot: `api.example.com`, `10.0.0.1`, `::1`. */
  readonly hostname: string;
  readonly port: number;
  /** TLS or not. */
  readonly secure: boolean;
}

export function toConnectTarget(url: URL): ConnectTarget {
  return connectTarget(url.hostname, url.port, url.protocol);
}

/** From the parts of a parsed URL; an empty port is the scheme's own. */
function connectTarget(hostname: string, port: string, protocol: string): ConnectTarget {
  const secure = protocol === 'https:';
  return { hostname: hostname.replace(/^\[|\]$|\.+$/g, '').toLowerCase(), port: port === '' ? (secure ? 443 : 80) : Number(port), secure };
}

/**
 * `localhost` and the names below it are loopback by definition (RFC 6761). They are never asked of
 * DNS, which could answer anything.
 */
export function isLocalhost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

export const loopbackAddresses = ['127.0.0.1', '::1'] as const;
