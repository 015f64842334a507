import { UpstreamError } from '../upstream-error.ts';

const garbled = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
  'MISSING_THOUGHT_SIGNATURE',
]);
const filters = /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|^SPII$|^LANGUAGE$|^OTHER$/;

/** Gemini's finish reason in OpenAI's words. An answer that the model garbled is an error, not an end. */
export function toFinishReason(finishReason: unknown, callsTools: boolean): string {
  const reason = typeof finishReason === 'string' ? finishReason : 'STOP';
  if (garbled.has(reason)) throw new UpstreamError('upstream_unavailable', { detail: 'malformed_answer' });
  if (reason === 'MAX_TOKENS') return 'length';
  if (filters.test(reason)) return 'content_filter';
  return callsTools ? 'tool_calls' : 'stop';
}
