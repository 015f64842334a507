import type { ChatChunk, ChatCompletion, ChatUsage } from '@pipelines/contracts';
import type { OpenAiError } from '../../openai-error.ts';
import { toExtraThought } from '../extra-thought.ts';
import type { Fields } from '../request-fields.ts';
import { readDelta } from '../said-delta.ts';
import { isToldInThoughts, readSaidMessage } from '../said-message.ts';
import type { AnswerWriter } from '../translating-sink.ts';
import type { TypedEvent } from '../typed-events.ts';
import { ItemWriter } from './item-writer.ts';
import { callItem, messageItem, reasoningItem } from './output-items.ts';
import { createResponseObject, newId, toIncompleteReason } from './response-object.ts';

/** An answer as a response of OpenAI's, whole or in events that are numbered. */
export class ResponseWriter implements AnswerWriter {
  readonly #response: ReturnType<typeof createResponseObject>;
  readonly #items = new ItemWriter();
  #sequence = 0;
  #started = false;
  #model = '';
  #finishReason: string | null = null;
  #usage: ChatUsage | null = null;

  constructor(request: Fields) {
    this.#response = createResponseObject(request);
  }

  whole(completion: ChatCompletion): object {
    const { details, text, calls, finishReason } = readSaidMessage(completion);
    const extras = calls
      .filter(({ id, extra_content }) => extra_content != null && !isToldInThoughts(id, details))
      .map(({ id, extra_content }) => toExtraThought(id, extra_content));
    const kept = [...details, ...extras];
    const output = [
      ...(kept.length === 0 ? [] : [reasoningItem(newId('rs'), 'completed', kept)]),
      ...(text === '' ? [] : [messageItem(newId('msg'), 'completed', text)]),
      ...calls.map(({ id, function: { name, arguments: given } }) => callItem(newId('fc'), 'completed', { id, name, arguments: given })),
    ];
    return this.#response({ ...stateOf(finishReason), model: completion.model, output, usage: completion.usage });
  }

  take(chunk: ChatChunk): readonly TypedEvent[] {
    this.#model ||= chunk.model;
    this.#usage = chunk.usage ?? this.#usage;
    const delta = readDelta(chunk);
    this.#finishReason = delta.finishReason ?? this.#finishReason;
    return this.#numbered([...this.#begin(), ...this.#items.take(delta)]);
  }

  /** The counts come last, so the end of the response waits for them. */
  finish(): readonly TypedEvent[] {
    const last = [...this.#begin(), ...this.#items.finish()];
    const state = stateOf(this.#finishReason);
    const response = this.#response({ ...state, model: this.#model, output: this.#items.output, usage: this.#usage });
    return this.#numbered([...last, { type: `response.${state.status}`, response }]);
  }

  fail({ code, message }: OpenAiError['error']): readonly TypedEvent[] {
    const error = { code, message };
    const response = this.#response({ status: 'failed', model: this.#model, output: this.#items.output, usage: this.#usage, error });
    return this.#numbered([...this.#begin(), { type: 'response.failed', response }]);
  }

  #begin(): readonly TypedEvent[] {
    if (this.#started) return [];
    this.#started = true;
    const response = this.#response({ status: 'in_progress', model: this.#model, output: [] });
    return [
      { type: 'response.created', response },
      { type: 'response.in_progress', response },
    ];
  }

  #numbered(events: readonly TypedEvent[]): readonly TypedEvent[] {
    return events.map((event) => {
      const numbered = { ...event, sequence_number: this.#sequence };
      this.#sequence += 1;
      return numbered;
    });
  }
}

function stateOf(finishReason: string | null) {
  const incompleteReason = toIncompleteReason(finishReason);
  return incompleteReason === undefined ? ({ status: 'completed' } as const) : ({ status: 'incomplete', incompleteReason } as const);
}
