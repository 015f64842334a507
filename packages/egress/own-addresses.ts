import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Where this server, or a service of its own such as the database, listens. `host` as configured: an address, a wildcard or a name. */
export interface OwnAddress {
  readonly host: string;
  readonly port: number;
}

export interface OwnAddresses {
  includesAddress(address: ipaddr.IPv4 | ipaddr.IPv6, port: number): boolean;
  includesName(hostname: string, port: number): boolean;
}

/**
 * Knows our own doors in all their spellings: a listener on loopback is met at any loopback and at the
 * unspecified address, one on a wildcard at each address of this machine as well.
 */
export function createOwnAddresses(own: readonly OwnAddress[]): OwnAddresses {
  const known = own.map(({ host, port }) => ({ host: host.toLowerCase().replace(/^\[|\]$|\.$/g, ''), port }));
  const machine = new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => normalize(address))));
  return {
    includesAddress: (address, port) =>
      known.some((entry) => {
        if (entry.port !== port) return false;
        if (address.range() === 'unspecified') return true;
        if (isWildcard(entry.host)) return address.range() === 'loopback' || machine.has(address.toString());
        if (isLoopback(entry.host)) return address.range() === 'loopback';
        return normalize(entry.host) === address.toString();
      }),
    includesName: (hostname, port) => known.some((entry) => entry.port === port && entry.host === hostname),
  };
}

function isWildcard(host: string): boolean {
  return host === '' || host === '*' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'unspecified');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
}

function normalize(host: string): string {
  return ipaddr.isValid(host) ? ipaddr.process(host).toString() : host;
}
