import type { ReasoningDetail } from '@pipelines/contracts';
import { CallQueue, type QueuedCall } from '../call-queue.ts';
import { toExtraThought } from '../extra-thought.ts';
import { joinThought } from '../join-thought.ts';
import type { SaidDelta } from '../said-delta.ts';
import { isToldInThoughts, readableThought } from '../said-message.ts';
import type { TypedEvent } from '../typed-events.ts';
import { callItem, messageItem, reasoningItem, summaryPart, textPart } from './output-items.ts';
import { newId } from './response-object.ts';

type OpenItem =
  | { readonly kind: 'message'; readonly id: string; text: string }
  | { readonly kind: 'reasoning'; readonly id: string; readonly details: ReasoningDetail[]; text: string }
  | { readonly kind: 'call'; readonly id: string; readonly call: QueuedCall };

/** Writes the output of one streamed response: item after item, never two at once. */
export class ItemWriter {
  /** The items that are whole. */
  readonly output: object[] = [];
  readonly #calls = new CallQueue();
  readonly #thoughts: ReasoningDetail[] = [];
  #events: TypedEvent[] = [];
  #open: OpenItem | null = null;

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
    this.#thoughts.push(detail);
    let open = this.#open;
    if (open?.kind !== 'reasoning') {
      this.#close();
      open = { kind: 'reasoning', id: newId('rs'), details: [], text: '' };
      this.#start(open, reasoningItem(open.id, 'in_progress', []));
    }
    joinThought(open.details, detail);
    const text = readableThought(detail);
    if (text === '') return;
    const place = { item_id: open.id, output_index: this.output.length, summary_index: 0 };
    if (open.text === '') this.#events.push({ type: 'response.reasoning_summary_part.added', ...place, part: summaryPart('') });
    open.text += text;
    this.#events.push({ type: 'response.reasoning_summary_text.delta', ...place, delta: text });
  }

  #say(text: string): void {
    let open = this.#open;
    if (open?.kind !== 'message') {
      this.#close();
      open = { kind: 'message', id: newId('msg'), text: '' };
      this.#start(open, messageItem(open.id, 'in_progress', null));
      this.#events.push({ type: 'response.content_part.added', ...this.#partOf(open.id), part: textPart('') });
    }
    open.text += text;
    this.#events.push({ type: 'response.output_text.delta', ...this.#partOf(open.id), delta: text, logprobs: [] });
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
      call.begun = true;
      if (call.extraContent != null && !isToldInThoughts(call.id, this.#thoughts)) this.#think(toExtraThought(call.id, call.extraContent));
      this.#close();
      const id = newId('fc');
      this.#start({ kind: 'call', id, call }, callItem(id, 'in_progress', { id: call.id, name: call.name, arguments: '' }));
    }
    const unsaid = call.arguments.slice(call.said);
    call.said = call.arguments.length;
    if (unsaid === '' || this.#open === null) return;
    const place = { item_id: this.#open.id, output_index: this.output.length };
    this.#events.push({ type: 'response.function_call_arguments.delta', ...place, delta: unsaid });
  }

  #start(open: OpenItem, item: object): void {
    this.#open = open;
    this.#events.push({ type: 'response.output_item.added', output_index: this.output.length, item });
  }

  #close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const item = this.#closeItem(open);
    this.#events.push({ type: 'response.output_item.done', output_index: this.output.length, item });
    this.output.push(item);
  }

  #closeItem(open: OpenItem): object {
    const place = { item_id: open.id, output_index: this.output.length };
    if (open.kind === 'message') {
      const part = this.#partOf(open.id);
      this.#events.push({ type: 'response.output_text.done', ...part, text: open.text, logprobs: [] });
      this.#events.push({ type: 'response.content_part.done', ...part, part: textPart(open.text) });
      return messageItem(open.id, 'completed', open.text);
    }
    if (open.kind === 'call') {
      const { name, arguments: given } = open.call;
      this.#events.push({ type: 'response.function_call_arguments.done', ...place, name, arguments: given });
      return callItem(open.id, 'completed', open.call);
    }
    if (open.text !== '') {
      const summary = { ...place, summary_index: 0 };
      this.#events.push({ type: 'response.reasoning_summary_text.done', ...summary, text: open.text });
      this.#events.push({ type: 'response.reasoning_summary_part.done', ...summary, part: summaryPart(open.text) });
    }
    return reasoningItem(open.id, 'completed', open.details);
  }

  #partOf(id: string) {
    return { item_id: id, output_index: this.output.length, content_index: 0 };
  }

  #drain(): readonly TypedEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
