import type { LookupFunction } from 'node:net';
import type { Log } from '@pipelines/contracts';
import { checkTarget } from './check-target.ts';
import { classifyNetworkError } from './classify-network-error.ts';
import type { EgressDispatch, EgressHandle, EgressHandler, EgressRequest } from './egress-call.ts';
import { EgressError } from './egress-error.ts';
import type { EgressPolicy } from './egress-policy.ts';
import { type EgressResponse, receiveResponse } from './egress-response.ts';
import { Exchange } from './exchange.ts';
import { toRequestHeaders } from './request-headers.ts';
import type { TransportName } from './transport.ts';
import { createUndiciTransport } from './undici-transport.ts';
import { createWireTransport } from './wire/wire-transport.ts';

export interface EgressOptions {
  readonly policy: EgressPolicy;
  readonly log: Log;
  /** Limit for DNS, TCP and TLS together. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Resolves names; the system's resolver by default. */
  readonly lookup?: LookupFunction;
  /** PEM certificates to trust besides Node's own roots. */
  readonly certificateAuthorities?: readonly string[];
  /** What speaks HTTP. Default `wire`. */
  readonly transport?: TransportName;
}

/** The one way out. Sockets belong to it, and so to one policy. */
export interface Egress {
  /** Judges a URL without connecting. @throws EgressError `egress_blocked` */
  checkTarget(url: URL): void;
  /** Sends a request and answers once the headers are there. Rejects with EgressError only. */
  request(call: EgressRequest): Promise<EgressResponse>;
  /** The hot path: chunks go straight to the handler, no promise and no copy for each. Never throws. */
  dispatch(call: EgressDispatch, handler: EgressHandler): EgressHandle;
  /** Ends all calls (`canceled`, `shutting_down`) and closes all sockets. */
  close(): Promise<void>;
}

interface PreparedTarget {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
}

/** More URLs than a server has models and endpoints; the map starts anew beyond that. */
const maxPreparedTargets = 4096;

/** Opens the way out under a policy. `HTTPS_PROXY` is not read: behind a proxy, nobody would judge the addresses. */
export function createEgress({
  policy,
  log,
  connectTimeoutMs = 5_000,
  lookup,
  certificateAuthorities,
  transport = 'wire',
}: EgressOptions): Egress {
  const connectorOptions = {
    policy,
    connectTimeoutMs,
    ...(lookup && { lookup }),
    ...(certificateAuthorities && { certificateAuthorities }),
  };
  const sockets = transport === 'undici' ? createUndiciTransport(connectorOptions) : createWireTransport(connectorOptions);
  // A verdict depends on the URL and the policy only, so a URL is parsed and judged once.
  const prepared = new Map<string, PreparedTarget>();

  function prepare(url: URL | string): PreparedTarget {
    const text = typeof url === 'string' ? url : url.href;
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (!URL.canParse(text)) throw new EgressError('egress_blocked', 'before_send', 'bad_url');
    const parsed = new URL(text);
    checkTarget(parsed, policy);
    const target = { origin: parsed.origin, host: parsed.host, path: parsed.pathname + parsed.search };
    if (prepared.size >= maxPreparedTargets) prepared.clear();
    prepared.set(text, target);
    return target;
  }

  function dispatch(call: EgressDispatch, handler: EgressHandler): EgressHandle {
    const exchange = new Exchange(call, handler, log);
    try {
      const { origin, host, path } = prepare(call.url);
      sockets.dispatch(
        { origin, host, path, method: call.method, headers: toRequestHeaders(call.headers, host), body: call.body ?? null },
        exchange,
      );
      exchange.dispatched();
    } catch (error) {
      exchange.failSoon(classifyNetworkError(error, 'before_send'));
    }
    return exchange;
  }

  return {
    checkTarget: (url) => checkTarget(url, policy),
    request: (call) => receiveResponse(call, dispatch),
    dispatch,
    close: () => sockets.close(),
  };
}
