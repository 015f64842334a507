import type { ChatChunk } from '@pipelines/contracts';
import { chunkMaker } from '../translated-answer.ts';
import { toDetails } from './read-answer.ts';
import type { Candidate, SaidPart } from './read-candidate.ts';
import { toFinishReason } from './stop-reason.ts';
import { toExtraContent } from './thought-signatures.ts';

/** Writes the events of one stream of generated content as chunks of one chat completion. */
export class ChunkWriter {
  readonly #chunk: ReturnType<typeof chunkMaker>;
  #begun = false;
  #calls = 0;
  #details = 0;
  #finishReason: unknown = null;

  constructor(model: string) {
    this.#chunk = chunkMaker(model);
  }

  /** True once the provider has said why it ends. */
  get finished(): boolean {
    return this.#finishReason !== null;
  }

  *write({ parts, finishReason }: Candidate): Iterable<ChatChunk> {
    if (!this.#begun) yield this.#chunk({ role: 'assistant', content: '' });
    this.#begun = true;
    for (const part of parts) yield this.#chunk(this.#deltaOf(part));
    if (typeof finishReason === 'string') this.#finishReason = finishReason;
  }

  /** The last chunk: some models give their reason with each event, so it is held back until the end. */
  end(): ChatChunk {
    return this.#chunk({}, toFinishReason(this.#finishReason, this.#calls > 0));
  }

  #deltaOf(part: SaidPart): Record<string, unknown> {
    const details = toDetails(part).map((detail) => ({ ...detail, index: this.#details++ }));
    const reasoning = details.length === 0 ? {} : { reasoning_details: details };
    if (part.kind === 'call') return { tool_calls: [{ index: this.#calls++, ...part.call }], ...reasoning };
    if (part.kind === 'thought') return { reasoning: part.text, ...reasoning };
    return { content: part.text, ...toExtraContent(part.signature), ...reasoning };
  }
}
