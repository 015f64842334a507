import { type Fields, fieldsOf, isObject } from '../dialects/request-fields.ts';
import { doneEvent, encodeSse } from '../encode-sse.ts';
import { callFields, endFields, hasOnly, headFields, messageFields, saysNothing } from './known-fields.ts';

/**
 * A whole chat completion as the stream that says exactly the same. Null where something in it has no form that is known in a
 * stream: then it must be asked for.
 */
export function cutCompletion(whole: Buffer, askedUsage: boolean): Buffer | null {
  const completion = fieldsOf(JSON.parse(whole.toString('utf8')));
  return isKnown(completion, askedUsage) ? cutAnswer(completion, askedUsage) : null;
}

/**
 * A whole chat completion as a stream: each message in one piece, then why it ends, then the usage where it is asked for. What
 * has no form that is known in a stream is carried under its own name, beside what it stands beside in the whole.
 */
export function cutAnswer(completion: Fields, askedUsage: boolean): Buffer {
  const { choices, usage, object: _, ...head } = completion;
  const own = (field: string) => !headFields.has(field);
  const start = { ...pick(head, (field) => !own(field)), object: 'chat.completion.chunk' };
  const pieces: Uint8Array[] = [];
  for (const choice of listOf(choices)) {
    const { index, message, logprobs = null, finish_reason = null, ...end } = fieldsOf(choice);
    const delta = toDelta(fieldsOf(message));
    const told = pieces.length === 0 ? pick(head, own) : {};
    pieces.push(encodeSse({ ...start, ...told, choices: [{ index, delta, logprobs, finish_reason: null }] }));
    pieces.push(encodeSse({ ...start, choices: [{ index, delta: {}, logprobs: null, finish_reason, ...pick(end) }] }));
  }
  if (askedUsage && isObject(usage)) pieces.push(encodeSse({ ...start, choices: [], usage }));
  return Buffer.concat([...pieces, doneEvent]);
}

function isKnown({ choices, usage, object, ...head }: Fields, askedUsage: boolean): boolean {
  if (object !== 'chat.completion' || !Array.isArray(choices) || choices.length === 0 || !hasOnly(head, headFields)) return false;
  if (askedUsage && !isObject(usage)) return false;
  return choices.every((choice) => {
    const { index: _, message, logprobs: __, finish_reason, ...end } = fieldsOf(choice);
    return typeof finish_reason === 'string' && hasOnly(end, endFields) && isKnownMessage(fieldsOf(message));
  });
}

function isKnownMessage(message: Fields): boolean {
  const { content, tool_calls: calls } = message;
  if (!hasOnly(message, messageFields) || (content != null && typeof content !== 'string')) return false;
  if (saysNothing(calls)) return true;
  return Array.isArray(calls) && calls.every((call) => isObject(call) && call.type === 'function' && hasOnly(call, callFields));
}

function toDelta(message: Fields): Fields {
  const { tool_calls: calls, ...rest } = pick(message);
  if (saysNothing(calls)) return rest;
  return { ...rest, tool_calls: listOf(calls).map((call, index) => ({ ...fieldsOf(call), index })) };
}

/** Without what says nothing, but for the contents: clients look for them. */
function pick(fields: Fields, isWanted: (field: string) => boolean = () => true): Fields {
  const isTold = (field: string, value: unknown) => field === 'content' || !saysNothing(value);
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => isWanted(field) && isTold(field, value)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
