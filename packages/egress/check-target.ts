import { isIP } from 'node:net';
import { isLocalhost, loopbackAddresses, toConnectTarget } from './connect-target.ts';
import { EgressError, type EgressHint } from './egress-error.ts';
import type { EgressPolicy } from './egress-policy.ts';

/**
 * The verdict before any connection, from the parsed URL alone. What depends on DNS is judged again,
 * answer by answer, when the connection is made.
 * @throws EgressError `egress_blocked`
 */
export function checkTarget(url: URL, policy: EgressPolicy): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw blocked('bad_url');
  if (url.username !== '' || url.password !== '') throw blocked('bad_url');
  const target = toConnectTarget(url);
  if (target.hostname === '' || target.port === 0) throw blocked('bad_url');
  const refusal = refuse();
  if (refusal !== null) throw blocked(refusal);

  function refuse(): EgressHint | null {
    if (isIP(target.hostname) !== 0) return policy.refuseAddress(target.hostname, target);
    const byName = policy.refuseName(target);
    if (byName !== null || !isLocalhost(target.hostname)) return byName;
    const refusals = loopbackAddresses.map((address) => policy.refuseAddress(address, target));
    return refusals.includes(null) ? null : (refusals[0] ?? null);
  }
}

function blocked(hint: EgressHint): EgressError {
  return new EgressError('egress_blocked', 'before_send', hint);
}
