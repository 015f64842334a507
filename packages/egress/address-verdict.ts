import ipaddr from 'ipaddr.js';
import { isNeverAllowed } from './never-allowed.ts';
import type { OwnAddresses } from './own-addresses.ts';
import type { Address, AddressRange } from './parse-allow-list.ts';

/**
 * `public`: anybody's on the internet. `allowed`: the operator or local mode opens it, plain http
 * included. `denied`: an allow entry could open it. `hard-denied`: nothing can.
 */
export type AddressVerdict = 'public' | 'allowed' | 'denied' | 'hard-denied';

export interface AddressRules {
  readonly ranges: readonly { readonly range: AddressRange; readonly port: number }[];
  readonly allowLoopback: boolean;
  readonly own: OwnAddresses;
}

/** IANA has given out nothing else for use on the internet; ranges inside it that are special are told by `range()`. */
const globalUnicast: AddressRange = [ipaddr.IPv6.parse('2000::'), 3];

/** What the rules say about one address (text, as DNS or a socket gives it) and port. An unreadable address is closed. */
export function judgeAddress(text: string, port: number, rules: AddressRules): AddressVerdict {
  if (!ipaddr.isValid(text)) return 'hard-denied';
  const address = ipaddr.process(text);
  if (isClosed(address, port, rules) || embeddedAddresses(address).some((inner) => isClosed(inner, port, rules))) return 'hard-denied';
  if (rules.allowLoopback && address.range() === 'loopback') return 'allowed';
  if (rules.ranges.some((entry) => entry.port === port && isWithin(address, entry.range))) return 'allowed';
  return isPublic(address) ? 'public' : 'denied';
}

function isClosed(address: Address, port: number, rules: AddressRules): boolean {
  return isNeverAllowed(address) || rules.own.includesAddress(address, port);
}

function isPublic(address: Address): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, globalUnicast));
}

function isWithin(address: Address, [network, bits]: AddressRange): boolean {
  return network.kind() === address.kind() && address.match(network, bits);
}

/**
 * The IPv4 addresses that a translator would make of an IPv6 one: IPv4-compatible, IPv4-translated,
 * NAT64 (both prefixes, both places), 6to4, Teredo (server and client). They are never public, but an
 * allow entry for such a prefix must not become a tunnel to what is closed.
 */
function embeddedAddresses(address: Address): Address[] {
  if (!(address instanceof ipaddr.IPv6)) return [];
  const bytes = address.toByteArray();
  const at = (...positions: number[]) => new ipaddr.IPv4(positions.map((position) => bytes[position] ?? 0));
  switch (address.range()) {
    case '6to4':
      return [at(2, 3, 4, 5)];
    case 'teredo':
      return [at(4, 5, 6, 7), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
    case 'rfc6052':
      return [at(12, 13, 14, 15), at(6, 7, 9, 10)];
    case 'rfc6145':
      return [at(12, 13, 14, 15)];
    default:
      return bytes.slice(0, 12).every((byte) => byte === 0) ? [at(12, 13, 14, 15)] : [];
  }
}
