import type { ChatChunk } from '@pipelines/contracts';
import type { OpenAiError } from '../openai-error.ts';
import { fieldsOf, isObject, objectsOf } from './request-fields.ts';

/**
 * A chunk of a chat's stream, or the error that it tells, from the data of an event. What is no JSON object has passed through a
 * provider's stream and means nothing to us: null. Of the rest only what has the form of a choice is kept.
 */
export function parseChunk(data: string): (ChatChunk & Partial<OpenAiError>) | null {
  try {
    const value: unknown = JSON.parse(data);
    if (!isObject(value)) return null;
    return {
      ...value,
      choices: objectsOf(value.choices).map((choice) => ({ ...choice, delta: fieldsOf(choice.delta) })),
    } as unknown as ChatChunk;
  } catch {
    return null;
  }
}
