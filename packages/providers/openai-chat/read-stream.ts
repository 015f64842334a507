import type { ChatChunk } from '@pipelines/contracts';
import { createParser } from 'eventsource-parser';
import type { AdapterTarget, StreamEvent } from '../adapter.ts';
import { readUsage } from '../read-usage.ts';
import { UpstreamError } from '../upstream-error.ts';
import { MAX_EVENT_BYTES } from '../upstream-limits.ts';
import { classifyInBandError } from './classify-error.ts';
import { readFinishReason } from './read-answer.ts';

/** The same stream as parsed events, for those who want to read it instead of passing it on. */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent> {
  let complete = false;
  for await (const data of readData(bytes)) {
    if (data === '[DONE]') {
      complete = true;
      break;
    }
    const value = parseChunk(data);
    if (value.error) throw classifyInBandError(value, target.quirks);
    const choices = Array.isArray(value.choices) ? value.choices : [];
    const finishReason = choices.map(readFinishReason).find((reason) => reason !== null);
    if (finishReason === 'error') throw new UpstreamError('upstream_unavailable', { detail: 'finish_error' });
    if (choices.length > 0) {
      complete = finishReason !== undefined;
      yield { type: 'chunk', chunk: { ...value, choices } as unknown as ChatChunk };
    }
    const usage = readUsage(value.usage, data) ?? readUsage((choices[0] as { usage?: unknown } | undefined)?.usage, data);
    if (usage !== null) yield { type: 'usage', usage };
  }
  if (!complete) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
}

async function* readData(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
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

function parseChunk(data: string): Record<string, unknown> {
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
