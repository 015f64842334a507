import { type Permission, PipelinesError, type Principal, permissions, type RouteContract, routes } from '@pipelines/contracts';
import type { ClientOrigin, SignedInMember } from '@pipelines/identity';
import type { z } from 'zod';
import type { RequestContext } from '../request-context.ts';
import type { Caller } from './authorize-request.ts';
import type { CsvAnswer } from './csv-answer.ts';
import type { EventAnswer } from './event-answer.ts';

type ContractRoutes = typeof routes;
/** The operations of the contracts; other exports of their files are not routes. */
export type OperationName = {
  [Name in keyof ContractRoutes]: ContractRoutes[Name] extends RouteContract ? Name : never;
}[keyof ContractRoutes];

type Part<Route, Name extends string> = Route extends { readonly [Key in Name]: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** One call of a route: its checked input, and who makes it. */
export interface RouteCall<Route extends RouteContract = RouteContract> {
  readonly params: Part<Route, 'params'>;
  readonly query: Part<Route, 'query'>;
  readonly body: Route extends { readonly csvBody: true } ? Part<Route, 'body'> | Uint8Array : Part<Route, 'body'>;
  /** Nobody on a public route. */
  readonly principal: Route['permission'] extends 'public' ? null : Principal;
  readonly signedIn: SignedInMember | null;
  readonly requestId: string;
  /** The caller's `Idempotency-Key`, where it sends one. */
  readonly idempotencyKey: string | null;
  readonly origin: ClientOrigin;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** Adds a `Set-Cookie` to the answer. */
  setCookie(value: string): void;
}

/** Handlers are typed by their route: what it declares as success is what they must give. */
type RouteAnswer<Route extends RouteContract> = Route['success'] extends { readonly schema: infer Schema extends z.ZodType }
  ? z.input<Schema> | Promise<Route['success'] extends { readonly csv: true } ? z.input<Schema> | CsvAnswer : z.input<Schema>>
  : Route['success'] extends { readonly events: infer Events extends z.ZodType }
    ? EventAnswer<z.input<Events>> | Promise<EventAnswer<z.input<Events>>>
    : Promise<void>;

export type RouteHandler<Route extends RouteContract = RouteContract> = (call: RouteCall<Route>) => RouteAnswer<Route>;

/** The handlers of some operations, by name. */
export type Handlers<Name extends OperationName = OperationName> = {
  readonly [Key in Name]: RouteHandler<Extract<ContractRoutes[Key], RouteContract>>;
};

/** A route without schemas, such as one that streams. It answers through the response itself. */
export interface RawRoute {
  readonly operationId: string;
  readonly method: RouteContract['method'];
  readonly path: `/api/${string}`;
  readonly permission: Permission;
  readonly summary: string;
  handle(context: RequestContext, caller: Caller | null): Promise<void> | void;
}

export type TableEntry =
  | { readonly kind: 'contract'; readonly route: RouteContract; readonly handle: RouteHandler }
  | { readonly kind: 'raw'; readonly route: RawRoute };

/** The routes of the contracts, by operation. */
export function contractRoutes(): Readonly<Record<string, RouteContract>> {
  return Object.fromEntries(Object.entries(routes).filter(([, value]) => 'operationId' in value)) as Record<string, RouteContract>;
}

/**
 * The one table of `/api`. A hole in it would be a route that nobody guards, so the server does not start.
 *
 * @throws RouteTableError with every fault: an operation without or with two handlers, a handler without an
 *   operation, a route without a known permission, two routes at one address
 */
export function buildRouteTable(
  contracts: Readonly<Record<string, RouteContract>>,
  groups: readonly Readonly<Record<string, unknown>>[],
  rawRoutes: readonly RawRoute[],
): readonly TableEntry[] {
  const faults: string[] = [];
  const entries: TableEntry[] = rawRoutes.map((route) => ({ kind: 'raw', route }));
  for (const [name, route] of Object.entries(contracts)) {
    const handlers = groups.flatMap((group) => (Object.hasOwn(group, name) ? [group[name] as RouteHandler] : []));
    const [handle] = handlers;
    if (handle === undefined || handlers.length > 1) faults.push(`${name} has ${handlers.length} handlers instead of one`);
    else entries.push({ kind: 'contract', route, handle });
  }
  for (const name of groups.flatMap(Object.keys)) if (!Object.hasOwn(contracts, name)) faults.push(`${name} is handled, but is no route`);
  for (const { route } of entries) {
    if (!permissions.includes(route.permission)) faults.push(`${route.operationId} names no permission`);
  }
  const addresses = entries.map(({ route }) => `${route.method.toUpperCase()} ${route.path.replace(/\{\w+\}/g, '{}')}`);
  for (const address of new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))) {
    faults.push(`${address} is declared twice`);
  }
  if (faults.length > 0) throw new RouteTableError(faults);
  return entries;
}

/** The program itself is wrong: it must not serve anybody. */
export class RouteTableError extends Error {
  override readonly name = 'RouteTableError';

  constructor(faults: readonly string[]) {
    super(`The server does not start, because its route table has faults: ${faults.join('; ')}.`);
  }
}

/** The signed-in person of a call. @throws PipelinesError `forbidden` for an API key */
export function requireMember(call: Pick<RouteCall, 'signedIn'>): SignedInMember {
  if (call.signedIn === null) {
    throw new PipelinesError('forbidden', {
      detail: 'This is for people who are signed in, not for API keys.',
      fix: 'Sign in on the page.',
    });
  }
  return call.signedIn;
}
