import { PipelinesError } from '@pipelines/contracts';
import { chatDialect, type Dialect, dialects, messagesDialect } from '@pipelines/gateway';
import { describeError } from '../describe-error.ts';
import type { RequestContext } from '../request-context.ts';
import { completeChat } from './chat-completions.ts';
import { countTokens } from './count-tokens.ts';
import { sendDialectError } from './error-response.ts';
import { getModel, listModels } from './models.ts';
import type { V1Dependencies } from './v1-dependencies.ts';

const modelPrefix = '/v1/models/';
const messagesPrefix = '/v1/messages/';
const countPath = `${messagesPrefix}count_tokens`;

/** Everything under `/v1`: no framework stands between a call and the gateway. Never throws. */
export async function handleV1(dependencies: V1Dependencies, context: RequestContext): Promise<void> {
  const dialect = dialects[context.path];
  try {
    await route(dependencies, context, dialect);
  } catch (error) {
    const described = describeError(error, context, dependencies.log);
    const spoken = dialect ?? (context.path.startsWith(messagesPrefix) ? messagesDialect : chatDialect);
    if (context.response.headersSent) context.response.destroy();
    else sendDialectError(context.response, spoken, described, context.requestId);
  }
}

function route(dependencies: V1Dependencies, context: RequestContext, dialect: Dialect | undefined): Promise<void> | void {
  const { path } = context;
  if (dialect !== undefined) {
    context.route = path;
    allow(context, 'POST');
    return completeChat(dependencies, context, dialect);
  }
  if (path === countPath) {
    context.route = path;
    allow(context, 'POST');
    return countTokens(dependencies, context);
  }
  if (path === '/v1/models') {
    context.route = path;
    allow(context, 'GET');
    return listModels(dependencies, context);
  }
  if (path.startsWith(modelPrefix)) {
    context.route = '/v1/models/{slug}';
    allow(context, 'GET');
    return getModel(dependencies, context, path.slice(modelPrefix.length));
  }
  throw new PipelinesError('not_found', {
    detail: 'There is no such route under /v1.',
    fix: 'See /api/docs for the routes that there are.',
  });
}

function allow({ request, response }: RequestContext, allowed: 'GET' | 'POST'): void {
  if (request.method === allowed) return;
  response.setHeader('Allow', allowed);
  throw new PipelinesError('method_not_allowed', { detail: `Only ${allowed} is offered here.` });
}
