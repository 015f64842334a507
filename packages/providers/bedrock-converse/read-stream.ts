import type { AdapterTarget, StreamEvent } from '../adapter.ts';
import { UpstreamError } from '../upstream-error.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { classifyException } from './classify-error.ts';
import { readConverseUsage } from './converse-usage.ts';
import { readEventFrames } from './event-frames.ts';

/** A Converse stream as chat chunks. Usage comes after the end of the message, where Bedrock tells it. */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent> {
  const writer = new ChunkWriter(target.providerModelId);
  for await (const frame of readEventFrames(bytes)) {
    if (frame.kind !== 'event') throw classifyException(frame.name, frame.payload);
    if (frame.name === 'metadata') {
      const usage = readConverseUsage(frame.payload.usage, frame.payload.serviceTier);
      if (usage !== null) yield { type: 'usage', usage };
      continue;
    }
    const chunk = writer.write(frame.name, frame.payload);
    if (chunk !== null) yield { type: 'chunk', chunk };
  }
  if (!writer.finished) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
}
