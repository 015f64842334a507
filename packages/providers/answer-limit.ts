import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from './adapter.ts';

/** The answer's limit in tokens: what the caller asks for, else the model's own; null where neither says. */
export function readAnswerLimit(request: ChatRequest, target: Pick<AdapterTarget, 'maxTokens'>): number | null {
  return request.max_completion_tokens ?? request.max_tokens ?? target.maxTokens;
}

/** The stop sequences as a list. */
export function readStops(request: ChatRequest): readonly string[] {
  return typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []);
}
