import type { ModelRoute } from '@pipelines/registry';
import type { ChatCall } from './attempts/chat-call.ts';
import type { Dialect } from './dialects/dialect.ts';
import { streamHeaders } from './stream-headers.ts';

const maxChangesLength = 1_000;

/** The headers of a good answer. None of the provider's own is among them. */
export function answerHeaders(call: ChatCall): Record<string, string> {
  const { asked, model, request, admitted } = call.options;
  const headers = describeAnswer({ requestId: asked.requestId, route: model, dialect: request.dialect, changes: call.changes });
  if (call.stream) Object.assign(headers, streamHeaders);
  headers['x-pipelines-attempts'] = String(call.attempts);
  if (admitted.headers !== null) Object.assign(headers, admitted.headers);
  return headers;
}

export interface DescribedAnswer {
  readonly requestId: string;
  readonly route: Pick<ModelRoute, 'slug' | 'provider' | 'credentialId' | 'kind'>;
  readonly dialect: Dialect;
  /** What was dropped or rewritten, and why. */
  readonly changes: readonly string[];
}

/** Who answered a request, and what was changed for it: as JSON, unless it is said otherwise. */
export function describeAnswer({ requestId, route, dialect, changes }: DescribedAnswer): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    'x-request-id': requestId,
    'x-pipelines-model': route.slug,
    'x-pipelines-provider': route.provider,
    'x-pipelines-credential': route.credentialId ?? (route.kind === 'platform' ? 'platform' : 'none'),
  };
  if (changes.length > 0) {
    headers['x-pipelines-changes'] = changes
      .join('; ')
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, maxChangesLength);
  }
  const { requestIdHeader } = dialect;
  if (requestIdHeader !== undefined) headers[requestIdHeader] = requestId;
  return headers;
}
