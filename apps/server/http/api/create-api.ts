import { type Log, PipelinesError } from '@pipelines/contracts';
import { Hono } from 'hono';
import { describeError } from '../describe-error.ts';
import type { RequestContext } from '../request-context.ts';
import { sendProblem } from './problem-response.ts';
import { type ApiEnvironment, type RouteDependencies, refuseOtherMethods, registerRoute } from './register-route.ts';
import type { TableEntry } from './route-table.ts';

/** Stands in for the `Host` header, which is not trusted with anything. */
const placeholderOrigin = 'http://pipelines.invalid';
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The management API: Hono finds the route, the route table says the rest. */
export function createApi(table: readonly TableEntry[], dependencies: RouteDependencies & { readonly log: Log }) {
  const app = new Hono<ApiEnvironment>();
  for (const entry of table) registerRoute(app, entry, dependencies);
  refuseOtherMethods(app, table);
  app.notFound(() => {
    throw new PipelinesError('not_found', {
      detail: 'There is no such route under /api.',
      fix: 'See /api/docs for the routes that there are.',
    });
  });
  app.onError((error, c) => {
    const { context } = c.env;
    const described = describeError(error, context, dependencies.log);
    if (context.response.headersSent) context.response.destroy();
    else sendProblem(context.response, described, context.requestId);
    return c.body(null);
  });

  return async (context: RequestContext): Promise<void> => {
    const { request, path, search } = context;
    const address = `${placeholderOrigin}${path}${search}`;
    const method = knownMethods.has(request.method ?? '') ? request.method : 'OPTIONS';
    // Handlers answer through the response of `context`; what Hono gives back is empty.
    await app.fetch(new Request(address, method === undefined ? {} : { method }), { context });
  };
}
