import { PipelinesError } from '@pipelines/contracts';
import type { RequestContext } from '../request-context.ts';
import { setSecurityHeaders } from '../security-headers.ts';
import { sendJson } from '../send-json.ts';
import { authenticateCaller } from './authenticate-caller.ts';
import type { V1Dependencies } from './v1-dependencies.ts';

/** `GET /v1/models`: what this key may call. */
export function listModels({ identity, gateway }: V1Dependencies, context: RequestContext): void {
  const { principal } = authenticateCaller(context.request, identity, 'models:call');
  context.organizationId = principal.organizationId;
  setSecurityHeaders(context.response, context.requestId);
  sendJson(context.response, 200, { object: 'list', data: gateway.listModels(principal) });
}

/** `GET /v1/models/{slug}`; the slash of a platform model's slug may come as `/` or as `%2F`. */
export function getModel({ identity, gateway }: V1Dependencies, context: RequestContext, encodedSlug: string): void {
  const { principal } = authenticateCaller(context.request, identity, 'models:call');
  context.organizationId = principal.organizationId;
  setSecurityHeaders(context.response, context.requestId);
  sendJson(context.response, 200, gateway.getModel(principal, decodeSlug(encodedSlug)));
}

function decodeSlug(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new PipelinesError('model_not_found');
  }
}
