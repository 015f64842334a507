import { type Fields, fieldsOf, isObject } from '../../dialects/request-fields.ts';
import { doneEvent, encodeSse } from '../../encode-sse.ts';
import { callFields, endFields, hasOnly, headFields, messageFields, saysNothing } from './known-fields.ts';

/**
 * A whole chat completion as the stream that says the same: each message in one piece, then why it ends, then the usage where
 * it is asked for. Null where something in it has no form that is known in a stream: then it must be asked for.
 */
export function cutCompletion(whole: Buffer, askedUsage: boolean): Buffer | null {
  const { choices, usage, object, ...head } = fieldsOf(JSON.parse(whole.toString('utf8')));
  if (object !== 'chat.completion' || !Array.isArray(choices) || choices.length === 0 || !hasOnly(head, headFields)) return null;
  if (askedUsage && !isObject(usage)) return null;
  const start = { ...pick(head, headFields), object: 'chat.completion.chunk' };
  const pieces: Uint8Array[] = [];
  for (const choice of choices) {
    const { index, message, logprobs = null, finish_reason, ...end } = fieldsOf(choice);
    const delta = toDelta(fieldsOf(message));
    if (delta === null || typeof finish_reason !== 'string' || !hasOnly(end, endFields)) return null;
    pieces.push(encodeSse({ ...start, choices: [{ index, delta, logprobs, finish_reason: null }] }));
    pieces.push(encodeSse({ ...start, choices: [{ index, delta: {}, logprobs: null, finish_reason, ...pick(end, endFields) }] }));
  }
  if (askedUsage) pieces.push(encodeSse({ ...start, choices: [], usage }));
  return Buffer.concat([...pieces, doneEvent]);
}

function toDelta(message: Fields): Fields | null {
  const { content, tool_calls: calls } = message;
  if (!hasOnly(message, messageFields) || (content != null && typeof content !== 'string')) return null;
  const rest = pick(message, messageFields);
  if (saysNothing(calls)) return rest;
  if (!Array.isArray(calls) || !calls.every((call) => isObject(call) && call.type === 'function' && hasOnly(call, callFields))) return null;
  return { ...rest, tool_calls: calls.map((call: Fields, index) => ({ ...call, index })) };
}

function pick(fields: Fields, known: ReadonlySet<string>): Fields {
  const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => known.has(field) && !isEmptyList(value)));
}
