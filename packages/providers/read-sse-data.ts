import { createParser } from 'eventsource-parser';
import { UpstreamError } from './upstream-error.ts';
import { MAX_EVENT_BYTES } from './upstream-limits.ts';

/** The `data` of each event of a stream; comments and names of events are nothing. */
export async function* readSseData(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const queue: string[] = [];
  const parser = createParser({
    maxBufferSize: MAX_EVENT_BYTES,
    onEvent: (event) => queue.push(event.data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw new UpstreamError('response_too_large', { detail: 'event' });
    },
  });
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    parser.feed(decoder.decode(piece, { stream: true }));
    yield* queue.splice(0);
  }
  // A last event may lack its blank line.
  parser.feed(`${decoder.decode()}\n\n`);
  yield* queue.splice(0).filter((data) => data === '[DONE]' || isJson(data));
}

/** The JSON object of one event. Throws `not_openai_shape` for anything else. */
export function parseEvent(data: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new UpstreamError('not_openai_shape', { detail: 'not_json' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UpstreamError('not_openai_shape', { detail: 'shape' });
  return value as Record<string, unknown>;
}

function isJson(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
