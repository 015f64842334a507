import type { Dialect } from '@pipelines/gateway';
import { answerChat } from '../answer-chat.ts';
import type { RequestContext } from '../request-context.ts';
import { authenticateCaller } from './authenticate-caller.ts';
import type { V1Dependencies } from './v1-dependencies.ts';

/** `POST /v1/chat/completions`, and the same in another dialect: whose key it is, then the gateway. */
export function completeChat({ identity, gateway }: V1Dependencies, context: RequestContext, dialect: Dialect): Promise<void> {
  const { principal } = authenticateCaller(context.request, identity, 'models:call');
  context.organizationId = principal.organizationId;
  return answerChat(context, { gateway, principal, source: 'gateway', dialect });
}
