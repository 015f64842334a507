import type { ChatChunk } from '@pipelines/contracts';
import { toReasoningDetail } from '../signed-thoughts.ts';
import { chunkMaker } from '../translated-answer.ts';
import { toFinishReason } from './stop-reason.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Writes the events of one Converse stream as chunks of one chat completion. */
export class ChunkWriter {
  readonly #chunk: ReturnType<typeof chunkMaker>;
  /** Bedrock numbers all blocks together; OpenAI's clients number the tool calls. */
  readonly #toolIndexes = new Map<unknown, number>();
  #finished = false;

  constructor(model: string) {
    this.#chunk = chunkMaker(model);
  }

  /** True once the message has ended. */
  get finished(): boolean {
    return this.#finished;
  }

  /** The chunk that says what the event says; null where it says nothing to a client. */
  write(event: string, payload: Fields): ChatChunk | null {
    switch (event) {
      case 'messageStart':
        return this.#chunk({ role: 'assistant', content: '' });
      case 'contentBlockStart':
        return this.#startBlock(payload);
      case 'contentBlockDelta':
        return this.#continueBlock(payload);
      case 'messageStop':
        this.#finished = true;
        return this.#chunk({}, toFinishReason(payload.stopReason));
      default:
        return null;
    }
  }

  #startBlock({ contentBlockIndex, start }: Fields): ChatChunk | null {
    const use = fieldsOf(fieldsOf(start)?.toolUse);
    if (use === null) return null;
    const index = this.#toolIndexes.size;
    this.#toolIndexes.set(contentBlockIndex, index);
    const call = { index, id: String(use.toolUseId), type: 'function', function: { name: String(use.name), arguments: '' } };
    return this.#chunk({ tool_calls: [call] });
  }

  #continueBlock({ contentBlockIndex, delta: value }: Fields): ChatChunk | null {
    const delta = fieldsOf(value);
    if (typeof delta?.text === 'string') return this.#chunk({ content: delta.text });
    const use = fieldsOf(delta?.toolUse);
    if (use !== null) {
      const index = this.#toolIndexes.get(contentBlockIndex) ?? 0;
      return this.#chunk({ tool_calls: [{ index, function: { arguments: String(use.input ?? '') } }] });
    }
    const thought = fieldsOf(delta?.reasoningContent);
    return thought === null ? null : this.#thought(thought, Number(contentBlockIndex ?? 0));
  }

  #thought({ text, signature, redactedContent }: Fields, index: number): ChatChunk {
    const said = typeof text === 'string' ? { text } : {};
    const signed = typeof signature === 'string' ? { signature } : {};
    const data = typeof redactedContent === 'string' ? redactedContent : undefined;
    const detail = toReasoningDetail({ ...said, ...signed, data }, index);
    return this.#chunk({ ...(said.text === undefined ? {} : { reasoning: said.text }), reasoning_details: [detail] });
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}
