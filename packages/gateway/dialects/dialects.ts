import { chatDialect } from './chat/chat-dialect.ts';
import type { Dialect } from './dialect.ts';
import { embeddingsDialect } from './embeddings/embeddings-dialect.ts';
import { messagesDialect } from './messages/messages-dialect.ts';
import { responsesDialect } from './responses/responses-dialect.ts';

/** The dialects by the path at which each is spoken. */
export const dialects: Readonly<Record<string, Dialect | undefined>> = {
  '/v1/chat/completions': chatDialect,
  '/v1/messages': messagesDialect,
  '/v1/responses': responsesDialect,
  '/v1/embeddings': embeddingsDialect,
};

/** The request's ID where the clients of this dialect look for it, beside `X-Request-Id`. */
export function requestIdHeaders({ requestIdHeader }: Dialect, requestId: string): Record<string, string> {
  return requestIdHeader === undefined ? {} : { [requestIdHeader]: requestId };
}
