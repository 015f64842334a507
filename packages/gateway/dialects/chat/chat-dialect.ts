import { encodeSseError, keepAliveComment } from '../../encode-sse.ts';
import { toOpenAiError } from '../../openai-error.ts';
import { readChatRequest } from '../../read-chat-request.ts';
import type { Dialect } from '../dialect.ts';

/** OpenAI's chat completions: the canonical form itself. */
export const chatDialect: Dialect = {
  task: 'chat',
  read: (bytes) => ({ dialect: chatDialect, chat: readChatRequest(bytes), native: null, translate: (sink) => sink }),
  errorBody: toOpenAiError,
  encodeStreamError: encodeSseError,
  keepAlive: keepAliveComment,
};
