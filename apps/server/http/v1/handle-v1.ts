import { PipelinesError } from '@pipelines/contracts';
import { describeError } from '../describe-error.ts';
import type { RequestContext } from '../request-context.ts';
import { completeChat } from './chat-completions.ts';
import { sendOpenAiError } from './error-response.ts';
import { getModel, listModels } from './models.ts';
import type { V1Dependencies } from './v1-dependencies.ts';

const modelPrefix = '/v1/models/';

/** Everything under `/v1`: no framework stands between a call and the gateway. Never throws. */
export async function handleV1(dependencies: V1Dependencies, context: RequestContext): Promise<void> {
  try {
    await route(dependencies, context);
  } catch (error) {
    const described = describeError(error, context, dependencies.log);
    if (context.response.headersSent) context.response.destroy();
    else sendOpenAiError(context.response, described, context.requestId);
  }
}

function route(dependencies: V1Dependencies, context: RequestContext): Promise<void> | void {
  const { path, request } = context;
  if (path === '/v1/chat/completions') {
    context.route = path;
    allow(request.method, 'POST');
    return completeChat(dependencies, context);
  }
  if (path === '/v1/models') {
    context.route = path;
    allow(request.method, 'GET');
    return listModels(dependencies, context);
  }
  if (path.startsWith(modelPrefix)) {
    context.route = '/v1/models/{slug}';
    allow(request.method, 'GET');
    return getModel(dependencies, context, path.slice(modelPrefix.length));
  }
  throw new PipelinesError('not_found', {
    detail: 'There is no such route under /v1.',
    fix: 'See /api/docs for the routes that there are.',
  });
}

function allow(method: string | undefined, allowed: 'GET' | 'POST'): void {
  if (method !== allowed) throw new PipelinesError('method_not_allowed', { detail: `Only ${allowed} is offered here.` });
}
