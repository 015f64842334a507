import { judgeAddress } from './address-verdict.ts';
import { type ConnectTarget, toConnectTarget } from './connect-target.ts';
import type { EgressHint } from './egress-error.ts';
import { createOwnAddresses, type OwnAddress } from './own-addresses.ts';
import type { AllowEntry } from './parse-allow-list.ts';

export interface EgressPolicyOptions {
  /** `local`: bound to loopback only, so loopback targets are open. `server`: nothing private is, unless allowed. */
  readonly mode: 'local' | 'server';
  /** The operator's `EGRESS_ALLOW`. */
  readonly allow: readonly AllowEntry[];
  /** The operator's `PROVIDER_BASE_URLS`: exactly these hosts and ports are open, private or plain http too. */
  readonly operatorTargets: readonly URL[];
  /** Our own listeners and database: never a target, whatever is allowed. */
  readonly ownAddresses?: readonly OwnAddress[];
}

/** Why a target is refused, or null when it is open. */
export type Refusal = Extract<EgressHint, 'plain_http' | 'address_not_allowed' | 'never_allowed'> | null;

/** Immutable: a socket that was opened under one policy serves that policy only. */
export interface EgressPolicy {
  /** Judges one address (a literal, a DNS answer, a peer) as an end of the target. */
  refuseAddress(address: string, target: ConnectTarget): Refusal;
  /** Judges a host name before it is resolved: only what is hopeless whatever DNS says. */
  refuseName(target: ConnectTarget): Refusal;
}

/** Builds the rules of the one way out; see `security.md` in the design for each. */
export function createEgressPolicy(options: EgressPolicyOptions): EgressPolicy {
  const own = createOwnAddresses(options.ownAddresses ?? []);
  const allowLoopback = options.mode === 'local';
  const ranges = options.allow.flatMap((entry) => (entry.kind === 'range' ? [entry] : []));
  const names = new Set(options.allow.flatMap((entry) => (entry.kind === 'name' ? [keyOf(entry)] : [])));
  const pinned = new Set(options.operatorTargets.map((url) => keyOf(toConnectTarget(url))));
  const rules = { ranges, allowLoopback, own };

  return {
    refuseAddress(address, target) {
      const verdict = judgeAddress(address, target.port, rules);
      if (verdict === 'hard-denied') return 'never_allowed';
      if (verdict === 'allowed' || pinned.has(keyOf(target))) return null;
      if (verdict === 'denied') return 'address_not_allowed';
      return target.secure || names.has(keyOf(target)) ? null : 'plain_http';
    },
    refuseName(target) {
      if (own.includesName(target.hostname, target.port)) return 'never_allowed';
      if (target.secure || pinned.has(keyOf(target)) || names.has(keyOf(target))) return null;
      const mayResolveToAllowed = allowLoopback || ranges.some((entry) => entry.port === target.port);
      return mayResolveToAllowed ? null : 'plain_http';
    },
  };
}

function keyOf(target: { readonly hostname: string; readonly port: number }): string {
  return `${target.hostname}:${target.port}`;
}
