import { parseJsonBody } from '@pipelines/providers';
import { keepAliveComment } from '../../encode-sse.ts';
import { toOpenAiError } from '../../openai-error.ts';
import { checkChatFields } from '../../read-chat-request.ts';
import { refuseRoutingFields } from '../../refuse-routing-fields.ts';
import { composeChat } from '../compose-chat.ts';
import type { Dialect } from '../dialect.ts';
import type { Fields } from '../request-fields.ts';
import { TranslatingSink } from '../translating-sink.ts';
import { encodeEvents } from '../typed-events.ts';
import { readResponses } from './read-responses.ts';
import { ResponseWriter } from './response-writer.ts';

/** OpenAI's Responses API, as far as it needs no memory of ours. */
export const responsesDialect: Dialect = {
  task: 'chat',
  read(bytes) {
    const body = parseJsonBody<Fields>(bytes);
    refuseRoutingFields(body.value);
    const { chat, lost } = readResponses(body.value);
    checkChatFields(chat);
    return {
      dialect: responsesDialect,
      chat: composeChat(chat),
      native: { dialect: 'responses', body, headers: {}, lost, untranslatable: null },
      translate: (sink) => new TranslatingSink(sink, new ResponseWriter(body.value), keepAliveComment),
    };
  },
  errorBody: toOpenAiError,
  encodeStreamError(error, requestId) {
    const { code, message, param } = toOpenAiError(error, requestId).error;
    return encodeEvents([{ type: 'error', code, message, param, sequence_number: 0 }]);
  },
  keepAlive: keepAliveComment,
};
