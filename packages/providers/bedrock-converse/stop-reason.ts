import { UpstreamError } from '../upstream-error.ts';

const finishReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
};

/** Converse's stop reason in OpenAI's words. An answer that the model garbled is an error, not an end. */
export function toFinishReason(stopReason: unknown): string {
  if (typeof stopReason === 'string' && stopReason.startsWith('malformed_')) {
    throw new UpstreamError('upstream_unavailable', { detail: 'malformed_answer' });
  }
  return (typeof stopReason === 'string' ? finishReasons[stopReason] : undefined) ?? 'stop';
}
