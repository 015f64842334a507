import { parseJsonBody } from '@pipelines/providers';
import { checkChatFields } from '../../read-chat-request.ts';
import { refuseRoutingFields } from '../../refuse-routing-fields.ts';
import { composeChat } from '../compose-chat.ts';
import type { CallerHeaders, Dialect, SpokenRequest } from '../dialect.ts';
import type { Fields } from '../request-fields.ts';
import { TranslatingSink } from '../translating-sink.ts';
import { encodeEvents } from '../typed-events.ts';
import { MessageWriter } from './message-writer.ts';
import { toMessagesError } from './messages-error.ts';
import { readMessages } from './read-messages.ts';

const ping = encodeEvents([{ type: 'ping' }]);

/** Anthropic's Messages API. */
export const messagesDialect: Dialect = {
  task: 'chat',
  read: (bytes, headers) => readRequest(bytes, headers, 'answer'),
  errorBody: toMessagesError,
  encodeStreamError: (error, requestId) => encodeEvents([toMessagesError(error, requestId)]),
  keepAlive: ping,
  requestIdHeader: 'request-id',
};

/** A prompt of the Messages API whose tokens are to be counted: a request without what an answer needs. @throws PipelinesError as `read` */
export function readCountRequest(bytes: Uint8Array, headers: CallerHeaders): SpokenRequest {
  return readRequest(bytes, headers, 'count');
}

function readRequest(bytes: Uint8Array, headers: CallerHeaders, wanted: 'answer' | 'count'): SpokenRequest {
  const body = parseJsonBody<Fields>(bytes);
  refuseRoutingFields(body.value);
  const { chat, lost, untranslatable } = readMessages(body.value, wanted);
  checkChatFields(chat);
  return {
    dialect: messagesDialect,
    chat: composeChat(chat),
    native: { dialect: 'messages', body, headers: readHeaders(headers), lost, untranslatable },
    translate: (sink) => new TranslatingSink(sink, new MessageWriter(), ping),
  };
}

/** The version and the betas that the caller wants to be answered in. What does not look like one is not handed on. */
function readHeaders(headers: CallerHeaders): Record<string, string> {
  const version = textOf(headers['anthropic-version']);
  const betas = textOf(headers['anthropic-beta']);
  return {
    ...(/^\d{4}-\d{2}-\d{2}$/.test(version) && { 'anthropic-version': version }),
    ...(/^[a-z0-9-]{1,80}(?: ?, ?[a-z0-9-]{1,80}){0,19}$/.test(betas) && { 'anthropic-beta': betas }),
  };
}

function textOf(header: CallerHeaders[string]): string {
  return typeof header === 'string' ? header : (header ?? []).join(',');
}
