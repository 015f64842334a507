import type { ChatRequest } from '@pipelines/contracts';

/** A chat request as both models get it: without its model, and not streamed. */
export interface ReplayRequest {
  readonly messages: ChatRequest['messages'];
  readonly response_format?: ChatRequest['response_format'];
  readonly max_tokens?: ChatRequest['max_tokens'];
  readonly max_completion_tokens?: ChatRequest['max_completion_tokens'];
  /** Everything else, as it came. */
  readonly [key: string]: unknown;
}

/** A request, or only its messages, as one that can be sent to another model. Null where it is none. */
export function toReplayRequest(value: unknown): ReplayRequest | null {
  const fields = Array.isArray(value) ? { messages: value } : value;
  if (typeof fields !== 'object' || fields === null) return null;
  const { model: _model, stream: _stream, stream_options: _options, ...request } = fields as Record<string, unknown>;
  const { messages } = request;
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) return null;
  return { ...request, messages: messages as ReplayRequest['messages'] };
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { role?: unknown }).role === 'string';
}
