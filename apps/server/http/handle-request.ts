import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { type Log, PipelinesError } from '@pipelines/contracts';
import { sendProblem } from './api/problem-response.ts';
import { readClientAddress } from './client-address.ts';
import { createRequestId } from './create-request-id.ts';
import { describeError } from './describe-error.ts';
import { discardRest } from './discard-rest.ts';
import type { Metrics } from './metrics.ts';
import { handleOperatorRoute, type OperatorDependencies } from './operator-routes.ts';
import type { PageFiles } from './page/load-page.ts';
import { servePage } from './page/serve-page.ts';
import type { RequestContext } from './request-context.ts';
import { setSecurityHeaders } from './security-headers.ts';

export interface Surfaces {
  /** Null where this process does not serve it (`ROLES`). `v1` never rejects. */
  readonly v1: ((context: RequestContext) => Promise<void>) | null;
  readonly api: ((context: RequestContext) => Promise<void>) | null;
  readonly page: PageFiles | null;
  readonly operator: OperatorDependencies;
}

export interface HandleRequestOptions extends Surfaces {
  readonly trustedProxies: BlockList;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Once true, connections are closed with their answer. */
  readonly isStopping: () => boolean;
}

/** One request: which part of the server it is for. Never throws, always answers. */
export function createRequestHandler(options: HandleRequestOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const context = openContext(request, response, options.trustedProxies);
    if (options.isStopping()) response.setHeader('Connection', 'close');
    observe(context, options);
    // No promise of ours in between: it never rejects, and sets its security headers itself.
    if (options.v1 !== null && context.path.startsWith('/v1/')) void options.v1(context);
    else void answer(options, context);
  };
}

async function answer(options: HandleRequestOptions, context: RequestContext): Promise<void> {
  const { response, requestId } = context;
  setSecurityHeaders(response, requestId);
  try {
    await dispatch(options, context);
  } catch (error) {
    const described = describeError(error, context, options.log);
    if (response.headersSent) response.destroy();
    else sendProblem(response, described, requestId);
  }
}

async function dispatch({ api, page, operator }: Surfaces, context: RequestContext): Promise<void> {
  const { path } = context;
  if (api !== null && path.startsWith('/api/')) return api(context);
  if (await handleOperatorRoute(operator, context)) return;
  const isForeign = /^\/(?:v1|api)(?:\/|$)/.test(path) || !path.startsWith('/');
  if (page === null || isForeign) throw new PipelinesError('not_found');
  servePage(page, context);
}

function openContext(request: IncomingMessage, response: ServerResponse, trustedProxies: BlockList): RequestContext {
  const url = request.url ?? '/';
  const queryAt = url.indexOf('?');
  return {
    request,
    response,
    requestId: createRequestId(),
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    search: queryAt < 0 ? '' : url.slice(queryAt),
    ...readClientAddress(request, trustedProxies),
    route: 'unknown',
    organizationId: null,
  };
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function observe(context: RequestContext, { metrics, log }: HandleRequestOptions): void {
  const { request, response, requestId } = context;
  const startedAtMs = performance.now();
  const method = knownMethods.has(request.method ?? '') ? (request.method ?? '') : 'other';
  response.on('close', () => {
    if (response.writableFinished && !request.complete) discardRest(request);
    const { route, organizationId } = context;
    // Without an answer, the caller was gone first.
    const status = response.headersSent ? response.statusCode : 499;
    const latencyMs = Math.round(performance.now() - startedAtMs);
    metrics.countRequest({ route, method, status }, latencyMs);
    log({ event: 'request_handled', requestId, method, route, status, latencyMs, organizationId });
  });
}
