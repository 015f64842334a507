import { bodyLimits } from '../answer-chat.ts';
import { createAnswerSink } from '../create-answer-sink.ts';
import { readBody } from '../read-body.ts';
import type { RequestContext } from '../request-context.ts';
import { authenticateCaller } from './authenticate-caller.ts';
import type { V1Dependencies } from './v1-dependencies.ts';

/** `POST /v1/messages/count_tokens`: whose key it is, then the gateway. */
export async function countTokens({ identity, gateway }: V1Dependencies, context: RequestContext): Promise<void> {
  const { request, response, requestId } = context;
  const { principal } = authenticateCaller(request, identity, 'models:call');
  context.organizationId = principal.organizationId;
  const body = await readBody(request, bodyLimits);
  const { actor } = principal;
  await gateway.countTokens({
    principal,
    apiKeyId: actor.type === 'api_key' ? actor.id : null,
    memberId: null,
    body,
    requestId,
    headers: request.headers,
    sink: createAnswerSink(response),
  });
}
