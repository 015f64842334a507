import type { PipelinesError } from '@pipelines/contracts';
import { toOpenAiError } from './openai-error.ts';

export const doneEvent = Buffer.from('data: [DONE]\n\n');
/** A comment, which clients pass over. */
export const keepAliveComment = Buffer.from(': keep-alive\n\n');

/** One server-sent event that holds a JSON object. */
export function encodeSse(data: object): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}

/** An error inside a stream that has begun. It is the last event: `[DONE]` would say that the answer is whole. */
export function encodeSseError(error: PipelinesError, requestId: string): Uint8Array {
  return encodeSse(toOpenAiError(error, requestId));
}
