import type { ReasoningDetail } from '@pipelines/contracts';
import { CallQueue, type QueuedCall } from '../call-queue.ts';
import { toExtraThought } from '../extra-thought.ts';
import type { SaidDelta } from '../said-delta.ts';
import { isToldInThoughts, readableThought } from '../said-message.ts';
import type { TypedEvent } from '../typed-events.ts';
import { toRedacted, toSignature } from './thinking-blocks.ts';

type OpenBlock = { readonly kind: 'text' } | { readonly kind: 'thinking'; thought: ReasoningDetail } | { readonly kind: 'tool' };

/** Writes the content of one streamed message: block after block, never two at once. */
export class BlockWriter {
  readonly #calls = new CallQueue();
  readonly #encrypted: ReasoningDetail[] = [];
  #events: TypedEvent[] = [];
  #open: OpenBlock | null = null;
  #index = -1;

  take({ thinking, details, text, calls }: SaidDelta): readonly TypedEvent[] {
    for (const detail of details) this.#think(detail);
    if (details.length === 0 && thinking !== '') this.#think({ type: 'reasoning.text', text: thinking });
    if (text !== '') this.#say(text);
    for (const call of calls) this.#calls.take(call);
    this.#writeCalls(false);
    return this.#drain();
  }

  /** Closes what is open, with all that has waited for its turn. */
  finish(): readonly TypedEvent[] {
    this.#writeCalls(true);
    this.#close();
    return this.#drain();
  }

  #think(detail: ReasoningDetail): void {
    const text = readableThought(detail);
    if (text === '' && detail.signature == null) {
      this.#writeRedacted(detail);
      return;
    }
    const open = this.#open;
    if (open?.kind === 'thinking' && open.thought.index === detail.index && open.thought.type === detail.type) {
      open.thought = { ...open.thought, ...detail };
    } else this.#start({ kind: 'thinking', thought: detail }, { type: 'thinking', thinking: '', signature: '' });
    if (text !== '') this.#delta({ type: 'thinking_delta', thinking: text });
  }

  #writeRedacted(detail: ReasoningDetail): void {
    this.#encrypted.push(detail);
    this.#start({ kind: 'text' }, { ...toRedacted(detail) });
    this.#close();
  }

  #say(text: string): void {
    if (this.#open?.kind !== 'text') this.#start({ kind: 'text' }, { type: 'text', text: '' });
    this.#delta({ type: 'text_delta', text });
  }

  /** The current call as far as it has come; the next ones once it is whole. */
  #writeCalls(all: boolean): void {
    for (let call = this.#calls.current; call !== null; call = this.#calls.current) {
      this.#writeCall(call);
      if (!all && !this.#calls.mayAdvance) return;
      this.#close();
      this.#calls.advance();
    }
  }

  #writeCall(call: QueuedCall): void {
    if (!call.begun) {
      const { id, name, extraContent } = call;
      call.begun = true;
      if (extraContent != null && !isToldInThoughts(id, this.#encrypted)) this.#writeRedacted(toExtraThought(id, extraContent));
      this.#start({ kind: 'tool' }, { type: 'tool_use', id, name, input: {} });
    }
    const unsaid = call.arguments.slice(call.said);
    call.said = call.arguments.length;
    if (unsaid !== '') this.#delta({ type: 'input_json_delta', partial_json: unsaid });
  }

  #start(open: OpenBlock, block: object): void {
    this.#close();
    this.#open = open;
    this.#index += 1;
    this.#events.push({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  #delta(delta: object): void {
    this.#events.push({ type: 'content_block_delta', index: this.#index, delta });
  }

  /** A thought ends with its signature. */
  #close(): void {
    if (this.#open === null) return;
    if (this.#open.kind === 'thinking') {
      const signature = toSignature(this.#open.thought);
      if (signature !== '') this.#delta({ type: 'signature_delta', signature });
    }
    this.#events.push({ type: 'content_block_stop', index: this.#index });
    this.#open = null;
  }

  #drain(): readonly TypedEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
