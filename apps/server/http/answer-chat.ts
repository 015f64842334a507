import type { AttemptSource, Principal } from '@pipelines/contracts';
import type { Dialect, Gateway } from '@pipelines/gateway';
import { createAnswerSink } from './create-answer-sink.ts';
import { readBody } from './read-body.ts';
import { readCacheHeader } from './read-cache-header.ts';
import { readFallbackHeader } from './read-fallback-header.ts';
import type { RequestContext } from './request-context.ts';

/** Images travel inside the body. */
export const bodyLimits = { maxBytes: 20_000_000, timeoutMs: 60_000 };

export interface ChatCaller {
  readonly gateway: Pick<Gateway, 'completeChat'>;
  readonly principal: Principal;
  readonly source: AttemptSource;
  /** How the caller speaks. Default: chat completions. */
  readonly dialect?: Dialect;
}

/** Takes a body to the gateway and its answer back. @throws PipelinesError while nothing has been sent */
export async function answerChat(
  { request, response, requestId }: RequestContext,
  { gateway, principal, source, dialect }: ChatCaller,
): Promise<void> {
  const fallbacks = readFallbackHeader(request);
  const cache = readCacheHeader(request);
  const body = await readBody(request, bodyLimits);
  const { actor } = principal;
  await gateway.completeChat({
    principal,
    apiKeyId: actor.type === 'api_key' ? actor.id : null,
    memberId: actor.type === 'member' ? actor.id : null,
    body,
    requestId,
    source,
    headers: request.headers,
    ...(dialect !== undefined && { dialect }),
    sink: createAnswerSink(response),
    ...(fallbacks !== undefined && { fallbacks }),
    ...(cache !== undefined && { cache }),
  });
}
