import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import type { Patch } from './patch.ts';

/** Sends the answer's limit exactly once, under the name that this wire knows. */
export function mapMaxTokens(request: ChatRequest, target: AdapterTarget, patch: Patch): void {
  const { max_tokens: old, max_completion_tokens: current } = request;
  const asked = current ?? old ?? null;
  const limit = asked ?? target.maxTokens;
  if (limit === null) return;
  const field = fieldFor(request, target);
  const other = field === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';

  if (request[field] !== limit) patch.set(field, limit);
  if (Object.hasOwn(request, other)) {
    const told = request[other] != null;
    patch.remove(other, told ? (request[field] == null ? `renamed to ${field}` : `dropped, ${field} is given too`) : null);
  }
  if (asked === null) patch.note('max_tokens', "set to the model's limit");
}

function fieldFor(request: ChatRequest, target: AdapterTarget): 'max_tokens' | 'max_completion_tokens' {
  const known = target.quirks.maxTokensField ?? 'either';
  if (known !== 'either') return known;
  return request.max_completion_tokens != null ? 'max_completion_tokens' : 'max_tokens';
}
