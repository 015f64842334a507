import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, type OnReadOpts } from 'node:net';
import { rootCertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { classifyNetworkError } from './classify-network-error.ts';
import { type ConnectTarget, isLocalhost, loopbackAddresses } from './connect-target.ts';
import { EgressError } from './egress-error.ts';
import type { EgressPolicy } from './egress-policy.ts';

export interface GuardedConnectorOptions {
  readonly policy: EgressPolicy;
  readonly connectTimeoutMs: number;
  /** Resolves names; the system's resolver by default. */
  readonly lookup?: LookupFunction;
  /** PEM certificates to trust besides Node's own roots. */
  readonly certificateAuthorities?: readonly string[];
}

/** What one connection brings along itself. */
export interface ConnectionOptions {
  /** Receives what is read, in a buffer that is read into again after it. */
  readonly onread?: OnReadOpts;
  /** A TLS session of an earlier connection to the same target. */
  readonly session?: Buffer;
}

/**
 * Opens sockets to one target, and only to addresses that the policy has judged: the literal (which
 * never reaches a lookup), every DNS answer (those very answers are then connected to, so that a second
 * answer cannot differ), and the peer once connected. Its errors are ours already: nothing was sent yet.
 */
export function createGuardedConnector(
  target: ConnectTarget,
  options: GuardedConnectorOptions,
  connection: ConnectionOptions = {},
): buildConnector.connector {
  const { policy, certificateAuthorities } = options;
  const literal = isIP(target.hostname) !== 0;
  const connect = buildConnector({
    ...connection,
    // Said here so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
    rejectUnauthorized: true,
    ...(certificateAuthorities === undefined ? {} : { ca: [...rootCertificates, ...certificateAuthorities] }),
    timeout: options.connectTimeoutMs,
    lookup: guardLookup(target, policy, options.lookup ?? systemLookup),
  });

  return (socketOptions, callback) => {
    const refused = literal ? refuse(target.hostname, target, policy) : null;
    if (refused !== null) {
      callback(refused, null);
      return;
    }
    connect(socketOptions, (error, socket) => {
      const failure = error ? classifyNetworkError(error, 'before_send') : refusePeer(socket?.remoteAddress, target, policy);
      if (failure === null && socket) {
        callback(null, socket);
        return;
      }
      socket?.on('error', () => {}).destroy();
      callback(failure ?? new EgressError('connection_lost', 'before_send'), null);
    });
  };
}

/** A lookup that answers only if every address of the answer is open. `localhost` is never asked of DNS. */
function guardLookup(target: ConnectTarget, policy: EgressPolicy, lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    if (isLocalhost(target.hostname)) {
      const open = loopbackAddresses.filter((address) => policy.refuseAddress(address, target) === null);
      answer((open.length > 0 ? open : loopbackAddresses).map((address) => ({ address, family: isIP(address) })));
      return;
    }
    lookup(hostname, { ...options, all: true }, (error, answers) => {
      if (error) done(error, '');
      else answer(typeof answers === 'string' ? [{ address: answers, family: isIP(answers) }] : answers);
    });

    function answer(answers: readonly { readonly address: string; readonly family: number }[]): void {
      const first = answers[0];
      if (first === undefined) {
        done(new EgressError('dns_failed', 'before_send'), '');
        return;
      }
      for (const { address } of answers) {
        const refused = refuse(address, target, policy);
        if (refused !== null) {
          done(refused, '');
          return;
        }
      }
      if (options.all === true) done(null, [...answers]);
      else done(null, first.address, first.family);
    }
  };
}

function refusePeer(peer: string | undefined, target: ConnectTarget, policy: EgressPolicy): EgressError | null {
  return peer === undefined ? new EgressError('connection_lost', 'before_send') : refuse(peer, target, policy);
}

/** For a name the hint stays general: it must not tell what kind of address an internal name has. */
function refuse(address: string, target: ConnectTarget, policy: EgressPolicy): EgressError | null {
  const refusal = policy.refuseAddress(address, target);
  if (refusal === null) return null;
  const hint = refusal === 'never_allowed' && isIP(target.hostname) === 0 ? 'address_not_allowed' : refusal;
  return new EgressError('egress_blocked', 'before_send', hint);
}
