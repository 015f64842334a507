import { PipelinesError } from '@pipelines/contracts';
import type { Gateway } from '@pipelines/gateway';
import { answerChat } from '../answer-chat.ts';
import { requireJson } from './read-input.ts';
import type { RawRoute } from './route-table.ts';

/** The gateway for the page: the same body, checks and stream as `/v1`, for somebody who is signed in. */
export function playgroundRoute({ gateway }: { readonly gateway: Pick<Gateway, 'completeChat'> }): RawRoute {
  return {
    operationId: 'createPlaygroundChatCompletion',
    method: 'post',
    path: '/api/playground/chat/completions',
    permission: 'models:call',
    summary: 'One chat completion, as POST /v1/chat/completions takes and gives it',
    async handle(context, caller) {
      if (caller === null) throw new PipelinesError('unauthenticated');
      requireJson(context.request);
      await answerChat(context, { gateway, principal: caller.principal, source: 'playground' });
    },
  };
}
