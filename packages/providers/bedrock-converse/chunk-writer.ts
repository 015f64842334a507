import type { ChatChunk } from '@pipelines/contracts';
import { toReasoningDetail } from '../signed-thoughts.ts';
import { chunkMaker } from '../translated-answer.ts';
import { toFinishReason } from './stop-reason.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A tool call that is being written: its place among the calls, and whether its arguments have begun. */
interface OpenCall {
  readonly index: number;
  begun: boolean;
}

/** Writes the events of one Converse stream as chunks of one chat completion. */
export class ChunkWriter {
  readonly #chunk: ReturnType<typeof chunkMaker>;
  /** Bedrock numbers all blocks together; OpenAI's clients number the tool calls. */
  readonly #calls = new Map<unknown, OpenCall>();
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
      case 'contentBlockStop':
        return this.#endBlock(payload);
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
    const index = this.#calls.size;
    this.#calls.set(contentBlockIndex, { index, begun: false });
    const call = { index, id: String(use.toolUseId), type: 'function', function: { name: String(use.name), arguments: '' } };
    return this.#chunk({ tool_calls: [call] });
  }

  #continueBlock({ contentBlockIndex, delta: value }: Fields): ChatChunk | null {
    const delta = fieldsOf(value);
    if (typeof delta?.text === 'string') return this.#chunk({ content: delta.text });
    const use = fieldsOf(delta?.toolUse);
    if (use !== null) return this.#continueCall(contentBlockIndex, String(use.input ?? ''));
    const thought = fieldsOf(delta?.reasoningContent);
    return thought === null ? null : this.#thought(thought, Number(contentBlockIndex ?? 0));
  }

  #continueCall(blockIndex: unknown, text: string): ChatChunk | null {
    const call = this.#calls.get(blockIndex);
    if (call === undefined || text === '') return null;
    call.begun = true;
    return this.#chunk({ tool_calls: [{ index: call.index, function: { arguments: text } }] });
  }

  /** A call without arguments has sent none, and an empty text is no JSON. */
  #endBlock({ contentBlockIndex }: Fields): ChatChunk | null {
    return this.#calls.get(contentBlockIndex)?.begun === false ? this.#continueCall(contentBlockIndex, '{}') : null;
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
