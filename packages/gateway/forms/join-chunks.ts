import { createParser } from 'eventsource-parser';
import { type Fields, fieldsOf, isObject } from '../dialects/request-fields.ts';
import { JoinedMessage, NotJoinable } from './joined-message.ts';
import { endFields, hasOnly, headFields } from './known-fields.ts';

/** Padding that hides how long a piece is. */
const padding = 'obfuscation';

/**
 * A stream of chat completions as the whole answer that says the same, usage included. Null where something in it has no form
 * that is known in a whole answer: then it must be asked for.
 */
export function joinChunks(stream: Buffer): Buffer | null {
  try {
    const joined = new JoinedCompletion();
    for (const chunk of readChunks(stream)) joined.take(chunk);
    return Buffer.from(JSON.stringify(joined.whole));
  } catch (error) {
    if (error instanceof NotJoinable || error instanceof SyntaxError) return null;
    throw error;
  }
}

function readChunks(stream: Buffer): readonly Fields[] {
  const told: string[] = [];
  createParser({ onEvent: ({ data }) => told.push(data) }).feed(stream.toString('utf8'));
  if (told.pop() !== '[DONE]') throw new NotJoinable();
  return told.map((data) => fieldsOf(JSON.parse(data)));
}

interface JoinedChoice {
  readonly message: JoinedMessage;
  finishReason: string | null;
  end: Fields;
}

class JoinedCompletion {
  #head: Fields = {};
  #usage: unknown = null;
  readonly #choices = new Map<number, JoinedChoice>();

  take({ object, choices, usage, [padding]: _, ...head }: Fields): void {
    if (object !== 'chat.completion.chunk' || !Array.isArray(choices) || !hasOnly(head, headFields)) throw new NotJoinable();
    if (this.#head.id !== undefined && head.id !== this.#head.id) throw new NotJoinable();
    this.#head = { ...this.#head, ...withoutNulls(head) };
    this.#usage = usage ?? this.#usage;
    for (const choice of choices) this.#takeChoice(fieldsOf(choice));
  }

  #takeChoice({ index, delta, logprobs, finish_reason, ...end }: Fields): void {
    if (typeof index !== 'number' || !hasOnly(end, endFields)) throw new NotJoinable();
    const choice = this.#choices.get(index) ?? { message: new JoinedMessage(), finishReason: null, end: {} };
    this.#choices.set(index, choice);
    choice.message.take(fieldsOf(delta), logprobs);
    if (typeof finish_reason === 'string') choice.finishReason = finish_reason;
    choice.end = { ...choice.end, ...withoutNulls(end) };
  }

  get whole(): Fields {
    const indexes = [...this.#choices.keys()].sort((one, other) => one - other);
    if (indexes.length === 0 || !isObject(this.#usage)) throw new NotJoinable();
    const choices = indexes.map((index) => {
      const { message, finishReason, end } = this.#choices.get(index) as JoinedChoice;
      if (finishReason === null) throw new NotJoinable();
      return { index, message: message.whole, logprobs: message.logprobs, finish_reason: finishReason, ...end };
    });
    return { ...this.#head, object: 'chat.completion', choices, usage: this.#usage };
  }
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
