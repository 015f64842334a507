import ipaddr from 'ipaddr.js';

/**
 * Where clouds answer with the credentials of the machine, and every link-local address. No allow-list
 * opens these: an entry as broad as 0.0.0.0/0 must not hand out the host's identity.
 */
const neverAllowed = [
  '169.254.0.0/16', // link-local: AWS, GCP, Azure, Oracle, DigitalOcean metadata; ECS and EKS credentials
  '100.100.100.200/32', // Alibaba metadata
  '168.63.129.16/32', // Azure wire server
  '192.0.0.192/32', // Oracle metadata
  'fe80::/10', // link-local
  'fd00:ec2::/32', // AWS metadata and EKS credentials
  'fd20:ce::254/128', // GCP metadata
  'fd00:c1::a9fe:a9fe/128', // Oracle metadata
].map((cidr) => ipaddr.parseCIDR(cidr));

/** Whether the address, or the whole range of that many prefix bits, is closed for good. A mapped address must come in its IPv4 form. */
export function isNeverAllowed(address: ipaddr.IPv4 | ipaddr.IPv6, prefixBits = 128): boolean {
  return neverAllowed.some(([network, bits]) => network.kind() === address.kind() && prefixBits >= bits && address.match(network, bits));
}
