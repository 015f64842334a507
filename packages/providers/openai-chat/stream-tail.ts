import type { TokenUsage } from '@pipelines/contracts';
import { eventData } from '../event-spans.ts';
import { readUsage } from '../read-usage.ts';
import { readFinishReason } from './read-answer.ts';

const TAIL_BYTES = 8_192;

export interface TailReading {
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
  readonly complete: boolean;
}

/** The last few kilobytes of a stream, by reference, and what they tell of its end. */
export class StreamTail {
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    while (this.#bytes - (this.#pieces[0]?.length ?? 0) >= TAIL_BYTES) this.#bytes -= this.#pieces.shift()?.length ?? 0;
  }

  /**
   * Reads the events backwards. Complete is a stream with `[DONE]`, or one whose last choice came
   * with a finish reason: where several choices were asked for, a later delta of another one shows
   * that the stream was cut.
   */
  read(): TailReading {
    let usage: TokenUsage | null = null;
    let finishReason: string | null = null;
    let done = false;
    for (const data of this.#eventsFromTheEnd()) {
      done ||= data === '[DONE]';
      const chunk = parseChunk(data);
      usage ??= readUsage(chunk.usage, data, chunk.serviceTier) ?? readUsage(chunk.choices[0]?.usage, data, chunk.serviceTier);
      if (chunk.choices.length === 0) continue;
      // Some servers tell the usage right before the finish; what stands further back tells of a part only.
      if (finishReason !== null) break;
      finishReason = chunk.choices.map(readFinishReason).find((reason) => reason !== null) ?? null;
      if (finishReason === null ? !done : usage !== null) break;
    }
    return { usage, finishReason, complete: done || finishReason !== null };
  }

  *#eventsFromTheEnd(): Iterable<string> {
    const text = Buffer.concat(this.#pieces).toString('utf8');
    const events = text.split(/(?:\r?\n){2}/);
    for (const event of events.reverse()) {
      const data = eventData(Buffer.from(event));
      if (data !== '') yield data;
    }
  }
}

interface Chunk {
  readonly choices: readonly { readonly usage?: unknown }[];
  readonly usage?: unknown;
  readonly serviceTier?: unknown;
}

function parseChunk(data: string): Chunk {
  try {
    const value = JSON.parse(data) as { choices?: unknown; usage?: unknown; service_tier?: unknown } | null;
    return {
      choices: Array.isArray(value?.choices) ? value.choices.filter((choice) => typeof choice === 'object' && choice !== null) : [],
      usage: value?.usage,
      serviceTier: value?.service_tier,
    };
  } catch {
    return { choices: [] };
  }
}
