import { PipelinesError } from '@pipelines/contracts';
import type { Identity } from '@pipelines/identity';
import { sendProblem } from './api/problem-response.ts';
import type { Metrics } from './metrics.ts';
import type { RequestContext } from './request-context.ts';
import { sendJson } from './send-json.ts';
import { authenticateCaller } from './v1/authenticate-caller.ts';

export interface OperatorDependencies {
  readonly identity: Pick<Identity, 'authenticateKey'>;
  readonly metrics: Metrics;
  /** What each part says of itself; ready is when all are true. */
  readonly checkReadiness: () => Promise<Readonly<Record<string, boolean>>>;
}

/** `/healthz`, `/readyz`, `/metrics`: what operators and load balancers ask. Answers false for other addresses. */
export async function handleOperatorRoute(dependencies: OperatorDependencies, context: RequestContext): Promise<boolean> {
  const { path, request, response, requestId } = context;
  const handle = routes[path];
  if (handle === undefined) return false;
  context.route = path;
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new PipelinesError('method_not_allowed', { detail: 'Only GET is offered here.' });
    await handle(dependencies, context);
  } catch (error) {
    sendProblem(response, error instanceof PipelinesError ? error : new PipelinesError('internal_error'), requestId);
  }
  return true;
}

type Handle = (dependencies: OperatorDependencies, context: RequestContext) => Promise<void> | void;

const routes: Readonly<Record<string, Handle>> = {
  __proto__: null as never,
  '/healthz': (_dependencies, { response }) => sendJson(response, 200, { status: 'ok' }),
  async '/readyz'({ checkReadiness }, { response }) {
    const checks = await checkReadiness();
    const ready = Object.values(checks).every(Boolean);
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', checks });
  },
  async '/metrics'({ identity, metrics }, context) {
    // Sums over all organizations: for the operator on this machine, or whoever has an admin key.
    if (!context.fromThisMachine) authenticateCaller(context.request, identity, 'settings:write');
    const text = await metrics.render();
    context.response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
    context.response.end(text);
  },
};
