import type { TokenUsage } from '@pipelines/contracts';
import type { AdapterTarget, StreamEvent } from '../adapter.ts';
import { parseEvent, readSseData } from '../read-sse-data.ts';
import { UpstreamError } from '../upstream-error.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { classifyInBandError } from './classify-error.ts';
import { readGenerateUsage } from './generate-usage.ts';
import { readCandidate } from './read-candidate.ts';

/** A stream of generated content as chat chunks. Each event tells the usage so far: the last one counts. */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent> {
  const writer = new ChunkWriter(target.providerModelId);
  let usage: TokenUsage | null = null;
  for await (const data of readSseData(bytes)) {
    const event = parseEvent(data);
    if (event.error !== undefined) throw classifyInBandError(event);
    const candidate = readCandidate(event);
    if (candidate !== null) for (const chunk of writer.write(candidate)) yield { type: 'chunk', chunk };
    usage = readGenerateUsage(event.usageMetadata) ?? usage;
  }
  if (!writer.finished) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
  yield { type: 'chunk', chunk: writer.end() };
  if (usage !== null) yield { type: 'usage', usage };
}
