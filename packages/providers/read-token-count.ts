import type { RawResponse } from './adapter.ts';
import { count } from './read-usage.ts';
import { parseAnswerObject } from './translated-answer.ts';
import { UpstreamError } from './upstream-error.ts';

/** An answer that tells a count in `field`, and that count. Throws an `UpstreamError` when it does not. */
export function readTokenCount(
  response: RawResponse,
  field: string,
): { readonly answer: Readonly<Record<string, unknown>>; readonly tokens: number } {
  const answer = parseAnswerObject(response);
  const tokens = count(answer[field]);
  if (tokens === null) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  return { answer, tokens };
}
