import type { ChatCall, PreparedRequest } from '../adapter.ts';
import type { MessagesRequest } from './messages-types.ts';
import { toMessages } from './to-messages.ts';

/** The version of the wire that is written and read here. */
export const wireHeaders = { 'anthropic-version': '2023-06-01' } as const;

/** The call as a Messages request, plain or streamed. */
export function prepareRequest({ target, body, stream }: ChatCall): PreparedRequest {
  const { body: converted, betas, changes } = toMessages(body.value, target);
  const request: MessagesRequest = { model: target.providerModelId, ...converted, ...(stream ? { stream } : {}) };
  return {
    method: 'POST',
    url: `${target.baseUrl}/messages`,
    headers: {
      'content-type': 'application/json',
      accept: stream ? 'text/event-stream' : 'application/json',
      ...wireHeaders,
      ...(betas.length > 0 ? { 'anthropic-beta': betas.join(',') } : {}),
    },
    body: Buffer.from(JSON.stringify(request)),
    auth: target.authScheme,
    region: null,
    changes,
  };
}
