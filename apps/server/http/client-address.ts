import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';

export interface ClientAddress {
  readonly clientAddress: string;
  readonly fromThisMachine: boolean;
}

/**
 * The address that counts for limits: the nearest one that is not a trusted proxy. `X-Forwarded-For` is
 * read from the right, since everything left of the last trusted hop is whatever the client wrote.
 */
export function readClientAddress(request: IncomingMessage, trustedProxies: BlockList): ClientAddress {
  const peer = unmap(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'];
  const hops = typeof forwarded === 'string' ? forwarded.split(',').map((hop) => unmap(hop.trim())) : [];
  let clientAddress = peer;
  while (hops.length > 0 && isTrusted(clientAddress, trustedProxies)) {
    const next = hops.pop() ?? '';
    if (isIP(next) === 0) break;
    clientAddress = next;
  }
  // A proxy on this machine that nobody has declared must not make its clients local.
  const viaProxy = forwarded !== undefined || request.headers.forwarded !== undefined;
  return { clientAddress, fromThisMachine: !viaProxy && isLoopback(peer) };
}

function isTrusted(address: string, proxies: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

function unmap(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
