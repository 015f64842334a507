import type { ChatCall } from './attempts/chat-call.ts';

const maxChangesLength = 1_000;

/** The headers of a good answer. None of the provider's own is among them. */
export function answerHeaders(call: ChatCall): Record<string, string> {
  const { asked, model, request, admitted } = call.options;
  const { requestId } = asked;
  const headers: Record<string, string> = {
    'content-type': call.stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    'cache-control': 'no-cache',
    'x-request-id': requestId,
    'x-pipelines-model': model.slug,
    'x-pipelines-provider': model.provider,
    'x-pipelines-credential': model.credentialId ?? (model.kind === 'platform' ? 'platform' : 'none'),
    'x-pipelines-attempts': String(call.attempts),
    ...admitted.headers,
  };
  if (call.changes.length > 0) {
    headers['x-pipelines-changes'] = call.changes
      .join('; ')
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, maxChangesLength);
  }
  const { requestIdHeader } = request.dialect;
  if (requestIdHeader !== undefined) headers[requestIdHeader] = requestId;
  // Some proxies collect an answer before they hand it on.
  if (call.stream) headers['x-accel-buffering'] = 'no';
  return headers;
}
