import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, isIP, type LookupFunction, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createEgress, type Egress } from '../create-egress.ts';
import type { EgressRequest } from '../egress-call.ts';
import { EgressError } from '../egress-error.ts';
import { createEgressPolicy, type EgressPolicyOptions } from '../egress-policy.ts';
import { parseAllowList } from '../parse-allow-list.ts';
import type { TransportName } from '../transport.ts';

/** A server on 127.0.0.1 that counts who comes; closed, with all its sockets, when the test ends. */
export interface Loopback {
  readonly port: number;
  /** TCP connections accepted so far. */
  connections(): number;
  readonly sockets: ReadonlySet<Socket>;
}

export function listenHttp(listener: RequestListener): Promise<Loopback> {
  return listen(createServer(listener));
}

export function listenHttps(certificate: { readonly key: string; readonly cert: string }, listener: RequestListener): Promise<Loopback> {
  return listen(createSecureServer({ ...certificate }, listener));
}

export function listenTcp(onSocket: (socket: Socket) => void): Promise<Loopback> {
  return listen(createTcpServer(onSocket));
}

async function listen(server: Server | HttpServer): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return { port: (server.address() as AddressInfo).port, connections: () => count, sockets };
}

export interface OpenOptions extends Partial<Omit<EgressPolicyOptions, 'allow'>> {
  /** As in `EGRESS_ALLOW`. */
  readonly allow?: string;
  /** Host name → addresses; a list of lists answers differently each time, the last one for ever. Other names fail. */
  readonly dns?: Record<string, readonly string[] | readonly (readonly string[])[]>;
  readonly certificateAuthorities?: readonly string[];
  readonly connectTimeoutMs?: number;
  readonly transport?: TransportName;
}

/** An egress in server mode that nothing is allowed to, but for what the options say. Closed when the test ends. */
export function openEgress({
  allow = '',
  dns = {},
  certificateAuthorities,
  connectTimeoutMs,
  transport,
  ...policy
}: OpenOptions = {}): Egress & {
  readonly events: unknown[];
} {
  const { entries, problems } = parseAllowList(allow);
  if (problems.length > 0) throw new Error(problems.join(' '));
  const events: unknown[] = [];
  const egress = createEgress({
    policy: createEgressPolicy({ mode: 'server', allow: entries, operatorTargets: [], ...policy }),
    log: (event) => events.push(event),
    lookup: scriptedLookup(dns),
    ...(certificateAuthorities && { certificateAuthorities }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(transport && { transport }),
  });
  onTestFinished(() => egress.close());
  return { ...egress, events };
}

function scriptedLookup(dns: NonNullable<OpenOptions['dns']>): LookupFunction {
  const asked = new Map<string, number>();
  return (hostname, _options, done) => {
    const name = hostname.replace(/\.$/, '');
    const script = dns[name];
    if (script === undefined) {
      done(Object.assign(new Error(`no such name ${hostname}`), { code: 'ENOTFOUND' }), '');
      return;
    }
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    const answer = typeof script[0] === 'string' ? script : script[Math.min(turn, script.length - 1)];
    done(
      null,
      (answer as readonly string[]).map((address) => ({ address, family: isIP(address) })),
    );
  };
}

/** A plain GET with short clocks; override what the test is about. */
export function call(url: string, overrides: Partial<EgressRequest> = {}): EgressRequest {
  return {
    url,
    method: 'GET',
    headers: {},
    timeouts: { firstByteMs: 5_000, idleMs: 5_000, totalMs: 10_000 },
    maxResponseBytes: 1024 * 1024,
    purpose: 'test',
    ...overrides,
  };
}

/** The EgressError that a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<EgressError> {
  const outcome = await promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof EgressError) return outcome;
  throw new Error('expected an EgressError', { cause: outcome });
}

/** Polls until the condition holds; fails after the given time. */
export async function until(condition: () => boolean, withinMs: number): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > withinMs) throw new Error(`not true within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
