import ipaddr from 'ipaddr.js';
import { isNeverAllowed } from './never-allowed.ts';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AddressRange = readonly [network: Address, prefixBits: number];

/** One target that the operator allows: a range of addresses and a port, or a host name and a port. */
export type AllowEntry =
  | { readonly kind: 'range'; readonly range: AddressRange; readonly port: number }
  | { readonly kind: 'name'; readonly hostname: string; readonly port: number };

export interface AllowList {
  readonly entries: readonly AllowEntry[];
  /** One sentence for each part that could not be understood, to be shown to the operator. */
  readonly problems: readonly string[];
}

const entryShape = /^(?:\[([^\]]+)\](?:\/(\d{1,3}))?|([^[\]:]+)):(\d{1,5})$/;
const nameShape = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * Reads `EGRESS_ALLOW`: `127.0.0.1:11434,10.2.0.0/16:8000,vllm.internal:8000,[::1]:9000`. Good entries
 * are returned even if others are bad; the caller decides whether to start with problems.
 */
export function parseAllowList(text: string): AllowList {
  const entries: AllowEntry[] = [];
  const problems: string[] = [];
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const parsed = parseEntry(trimmed);
    if (typeof parsed === 'string') problems.push(`EGRESS_ALLOW: ${JSON.stringify(trimmed.slice(0, 100))} ${parsed}`);
    else entries.push(parsed);
  }
  return { entries, problems };
}

function parseEntry(text: string): AllowEntry | string {
  if (text.includes('://')) return 'must be host:port, without a scheme.';
  const match = entryShape.exec(text);
  if (match === null) return 'is not of the form host:port, address/bits:port or [IPv6 address]:port.';
  const port = Number(match[4]);
  if (port < 1 || port > 65_535) return 'has a port outside 1 to 65535.';
  const bracketed = match[1];
  if (bracketed !== undefined) return parseRange(match[2] === undefined ? bracketed : `${bracketed}/${match[2]}`, 'ipv6', port);
  const host = match[3] ?? '';
  // A last label of digits is an address to every resolver, however odd: 127.1, 0x7f.1, 2130706433.
  if (/(^|\.)(\d+|0x[0-9a-f]*)(\/.*)?$/i.test(host) || host.includes('/')) return parseRange(host, 'ipv4', port);
  const hostname = host.toLowerCase().replace(/\.$/, '');
  return nameShape.test(hostname) ? { kind: 'name', hostname, port } : 'has a host that is neither a name nor an address.';
}

function parseRange(text: string, kind: 'ipv4' | 'ipv6', port: number): AllowEntry | string {
  const cidr = text.includes('/') ? text : `${text}/${kind === 'ipv4' ? 32 : 128}`;
  const valid = kind === 'ipv4' ? ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr) : ipaddr.IPv6.isValidCIDR(cidr) && !cidr.includes('%');
  if (!valid)
    return `is not a valid ${kind === 'ipv4' ? 'IPv4' : 'IPv6'} address or range; write it as ${kind === 'ipv4' ? '10.2.0.0/16:8000' : '[fd00:1::]/64:8000'}.`;
  const range = unmapRange(ipaddr.parseCIDR(cidr));
  if (isNeverAllowed(range[0], range[1])) return 'is a metadata or link-local address, which can never be allowed.';
  return { kind: 'range', range, port };
}

/** `::ffff:10.0.0.0/104` means `10.0.0.0/8`: addresses are compared in their IPv4 form. */
function unmapRange([network, bits]: [Address, number]): AddressRange {
  return network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96
    ? [network.toIPv4Address(), bits - 96]
    : [network, bits];
}
