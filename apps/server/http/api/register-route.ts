import { PipelinesError } from '@pipelines/contracts';
import type { Context, Hono } from 'hono';
import type { RequestContext } from '../request-context.ts';
import { sendJson } from '../send-json.ts';
import { type AuthorizeDependencies, authorizeRequest } from './authorize-request.ts';
import { CsvAnswer, sendCsv } from './csv-answer.ts';
import { EventAnswer } from './event-answer.ts';
import type { EventStreams } from './event-streams.ts';
import { readIdempotencyKey } from './read-idempotency-key.ts';
import { readInput } from './read-input.ts';
import type { RouteCall, TableEntry } from './route-table.ts';

export interface ApiEnvironment {
  Bindings: { readonly context: RequestContext };
}

export interface RouteDependencies extends AuthorizeDependencies {
  readonly eventStreams: EventStreams;
}

/** Puts one entry of the route table on the app: who calls and whether they may, then the input, then the handler. */
export function registerRoute(app: Hono<ApiEnvironment>, entry: TableEntry, dependencies: RouteDependencies): void {
  const { method, path, permission } = entry.route;
  app.on(method.toUpperCase(), toHonoPath(path), async (c) => {
    const { context } = c.env;
    context.route = path;
    const caller = await authorizeRequest(dependencies, context, permission);
    if (entry.kind === 'raw') {
      await entry.route.handle(context, caller);
      return c.body(null);
    }
    const input = await readInput(entry.route, context.request, c.req.param(), new URL(c.req.url).searchParams);
    // The schemas of the route have checked the input; the table's types have bound it to the handler.
    const call = {
      ...input,
      ...describeCall(context),
      principal: caller?.principal ?? null,
      signedIn: caller?.signedIn ?? null,
    } as RouteCall;
    const answer: unknown = await entry.handle(call);
    if (answer instanceof EventAnswer && caller !== null) {
      await dependencies.eventStreams.send(context, caller.principal, answer, () => authorizeRequest(dependencies, context, permission));
    } else if (answer instanceof CsvAnswer) sendCsv(context.response, entry.route.success.status, answer);
    else if ('schema' in entry.route.success) sendJson(context.response, entry.route.success.status, answer);
    else sendNothing(context);
    return c.body(null);
  });
}

/** After all routes: an address that exists, with a method that does not. */
export function refuseOtherMethods(app: Hono<ApiEnvironment>, entries: readonly TableEntry[]): void {
  for (const path of new Set(entries.map(({ route }) => route.path))) {
    const allowed = entries.filter(({ route }) => route.path === path).map(({ route }) => route.method.toUpperCase());
    app.all(toHonoPath(path), (c: Context<ApiEnvironment>) => {
      c.env.context.response.setHeader('Allow', allowed.join(', '));
      throw new PipelinesError('method_not_allowed', { detail: `Only ${allowed.join(', ')} is offered here.` });
    });
  }
}

function toHonoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function describeCall({
  request,
  response,
  requestId,
  clientAddress,
}: RequestContext): Pick<RouteCall, 'requestId' | 'idempotencyKey' | 'origin' | 'signal' | 'setCookie'> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return {
    requestId,
    idempotencyKey: readIdempotencyKey(request),
    origin: { address: clientAddress, userAgent: request.headers['user-agent'] ?? null },
    signal: gone.signal,
    setCookie: (value) => void response.appendHeader('Set-Cookie', value),
  };
}

function sendNothing({ response }: RequestContext): void {
  response.writeHead(204, { 'cache-control': 'no-store' });
  response.end();
}
