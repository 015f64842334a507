import type { ChatChunk } from '@pipelines/contracts';
import type { AdapterTarget, StreamEvent } from '../adapter.ts';
import { parseEvent, readSseData } from '../read-sse-data.ts';
import { readUsage } from '../read-usage.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { readFinishReason } from './read-answer.ts';
import { holdsError } from './tells-error.ts';

/** The same stream as parsed events, for those who want to read it instead of passing it on. */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent> {
  let complete = false;
  for await (const data of readSseData(bytes)) {
    if (data === '[DONE]') {
      complete = true;
      break;
    }
    const value = parseEvent(data);
    if (holdsError(value)) throw classifyInBandError(value, target.quirks);
    const choices = Array.isArray(value.choices) ? value.choices : [];
    const finishReason = choices.map(readFinishReason).find((reason) => reason !== null);
    if (finishReason === 'error') throw new UpstreamError('upstream_unavailable', { detail: 'finish_error' });
    if (choices.length > 0) {
      complete = finishReason !== undefined;
      yield { type: 'chunk', chunk: { ...value, choices } as unknown as ChatChunk };
    }
    const tier = value.service_tier;
    const usage = readUsage(value.usage, data, tier) ?? readUsage((choices[0] as { usage?: unknown } | undefined)?.usage, data, tier);
    if (usage !== null) yield { type: 'usage', usage };
  }
  if (!complete) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
}
