import type { AdapterTarget, StreamEvent } from '../adapter.ts';
import { parseEvent, readSseData } from '../read-sse-data.ts';
import { UpstreamError } from '../upstream-error.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { classifyInBandError } from './classify-error.ts';
import { readMessagesUsage } from './messages-usage.ts';

/** A stream of Anthropic's as chat chunks. Usage begins with the message and is whole at its end. */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent> {
  const writer = new ChunkWriter(target.providerModelId);
  let counts: Record<string, unknown> = {};
  for await (const data of readSseData(bytes)) {
    const event = parseEvent(data);
    if (event.type === 'error' || 'error' in event) throw classifyInBandError(event);
    counts = { ...counts, ...countsOf(event) };
    const wasFinished = writer.finished;
    for (const chunk of writer.write(event)) yield { type: 'chunk', chunk };
    if (!writer.finished || wasFinished) continue;
    const usage = readMessagesUsage(counts);
    if (usage !== null) yield { type: 'usage', usage };
  }
  if (!writer.finished) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
}

/** The counts that an event tells; those that it leaves open stay as they were told before. */
function countsOf({ message, usage }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const told = usage ?? (message as { readonly usage?: unknown } | undefined)?.usage ?? {};
  return Object.fromEntries(Object.entries(told as object).filter(([, value]) => value !== null));
}
