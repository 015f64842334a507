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

/** Writes the events of one Messages stream as chunks of one chat completion. */
export class ChunkWriter {
  readonly #chunk: ReturnType<typeof chunkMaker>;
  /** Anthropic numbers all blocks together; OpenAI's clients number the tool calls. */
  readonly #calls = new Map<unknown, OpenCall>();
  #finished = false;

  constructor(model: string) {
    this.#chunk = chunkMaker(model);
  }

  /** True once the message has a stop reason. */
  get finished(): boolean {
    return this.#finished;
  }

  /** The chunks that say what the event says; none where it says nothing to a client, as a ping. */
  write(event: Fields): readonly ChatChunk[] {
    switch (event.type) {
      case 'message_start':
        return [this.#chunk({ role: 'assistant', content: '' })];
      case 'content_block_start':
        return this.#startBlock(event.index, fieldsOf(event.content_block));
      case 'content_block_delta':
        return this.#continueBlock(event.index, fieldsOf(event.delta));
      case 'content_block_stop':
        return this.#endBlock(event.index);
      case 'message_delta':
        return this.#finish(fieldsOf(event.delta).stop_reason);
      default:
        return [];
    }
  }

  #startBlock(index: unknown, block: Fields): readonly ChatChunk[] {
    if (block.type === 'redacted_thinking') return [this.#thought({ data: String(block.data) }, index)];
    if (block.type === 'text' && typeof block.text === 'string' && block.text !== '') return [this.#chunk({ content: block.text })];
    if (block.type !== 'tool_use') return [];
    // Some gateways send the whole input with the start.
    const whole = Object.keys(fieldsOf(block.input)).length > 0;
    const call = { index: this.#calls.size, begun: whole };
    this.#calls.set(index, call);
    const text = whole ? JSON.stringify(block.input) : '';
    const said = { index: call.index, id: String(block.id), type: 'function', function: { name: String(block.name), arguments: text } };
    return [this.#chunk({ tool_calls: [said] })];
  }

  #continueBlock(index: unknown, delta: Fields): readonly ChatChunk[] {
    if (typeof delta.text === 'string') return [this.#chunk({ content: delta.text })];
    if (typeof delta.partial_json === 'string') return this.#continueCall(index, delta.partial_json);
    if (typeof delta.thinking === 'string') return [this.#thought({ text: delta.thinking }, index)];
    if (typeof delta.signature === 'string') return [this.#thought({ signature: delta.signature }, index)];
    return [];
  }

  #continueCall(index: unknown, text: string): readonly ChatChunk[] {
    const call = this.#calls.get(index);
    if (call === undefined || text === '') return [];
    call.begun = true;
    return [this.#chunk({ tool_calls: [{ index: call.index, function: { arguments: text } }] })];
  }

  /** A call without arguments has sent none, and an empty text is no JSON. */
  #endBlock(index: unknown): readonly ChatChunk[] {
    return this.#calls.get(index)?.begun === false ? this.#continueCall(index, '{}') : [];
  }

  #thought(thought: Parameters<typeof toReasoningDetail>[0], index: unknown): ChatChunk {
    const reasoning = thought.text === undefined ? {} : { reasoning: thought.text };
    return this.#chunk({ ...reasoning, reasoning_details: [toReasoningDetail(thought, Number(index ?? 0))] });
  }

  #finish(stopReason: unknown): readonly ChatChunk[] {
    if (typeof stopReason !== 'string' || this.#finished) return [];
    this.#finished = true;
    return [this.#chunk({}, toFinishReason(stopReason))];
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
