import type { Fields } from '../dialects/request-fields.ts';

/** The same in a whole answer and in each chunk of a stream. */
export const headFields: ReadonlySet<string> = new Set(['id', 'created', 'model', 'system_fingerprint', 'service_tier', 'provider']);
/** Of a choice: told with its finish reason, in both forms. */
export const endFields: ReadonlySet<string> = new Set(['native_finish_reason', 'stop_reason', 'matched_stop']);
/** Of a message, and of the pieces that it comes in. */
export const messageFields: ReadonlySet<string> = new Set([
  'role',
  'content',
  'refusal',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'tool_calls',
  'extra_content',
]);
export const callFields: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'extra_content']);

/** Whether all that is said stands in fields whose other form is known. */
export function hasOnly(fields: Fields, known: ReadonlySet<string>): boolean {
  return Object.entries(fields).every(([field, value]) => known.has(field) || saysNothing(value));
}

export function saysNothing(value: unknown): boolean {
  return value == null || (Array.isArray(value) && value.length === 0);
}
