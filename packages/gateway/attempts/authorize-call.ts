import type { EgressDispatch } from '@pipelines/egress';
import { authorizeRequest } from '@pipelines/providers';
import type { ChatCall } from './chat-call.ts';

/** Of an answer that is collected: an error, too, that comes instead of a stream. */
export const maxAnswerBytes = 64 * 1024 * 1024;
const maxStreamBytes = 512 * 1024 * 1024;

/**
 * The request of an attempt with its credential, as the egress takes it. At once, unless the
 * credential must be opened or the request signed.
 */
export function authorizeCall(call: ChatCall): EgressDispatch | Promise<EgressDispatch> {
  const opened = call.options.model.credential();
  if (opened instanceof Promise)
    return opened.then((credential) => authorizeRequest(call.prepared, credential)).then((request) => toDispatch(call, request));
  const request = authorizeRequest(call.prepared, opened);
  return request instanceof Promise ? request.then((signed) => toDispatch(call, signed)) : toDispatch(call, request);
}

function toDispatch(call: ChatCall, request: Awaited<ReturnType<typeof authorizeRequest>>): EgressDispatch {
  const { asked, timeouts } = call.options;
  const { principal, idempotencyKey } = asked;
  return {
    url: request.url,
    method: request.method,
    headers: idempotencyKey === undefined ? request.headers : { ...request.headers, 'idempotency-key': idempotencyKey },
    ...(request.body !== null && { body: request.body }),
    timeouts,
    maxResponseBytes: call.stream ? maxStreamBytes : maxAnswerBytes,
    purpose: 'gateway',
    organizationId: principal.organizationId,
  };
}
