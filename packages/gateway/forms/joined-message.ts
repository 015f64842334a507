import type { ReasoningDetail } from '@pipelines/contracts';
import { joinThought } from '../dialects/join-thought.ts';
import { type Fields, fieldsOf, isObject } from '../dialects/request-fields.ts';
import { callFields, hasOnly, messageFields, saysNothing } from './known-fields.ts';

/** Something in a stream has no form that is known in a whole answer. */
export class NotJoinable extends Error {
  override readonly name = 'NotJoinable';
}

interface JoinedCall {
  id: string;
  name: string;
  arguments: string;
  extra: unknown;
}

const textFields = ['refusal', 'reasoning', 'reasoning_content'] as const;
/** Those whose pieces are known to be joined. */
const joinedThoughts = new Set(['reasoning.text', 'reasoning.encrypted']);

/** One message of an answer, put together from its pieces. @throws NotJoinable */
export class JoinedMessage {
  #role = 'assistant';
  #content = '';
  #extra: unknown;
  readonly #texts = new Map<string, string>();
  readonly #thoughts: ReasoningDetail[] = [];
  readonly #calls: JoinedCall[] = [];
  #logprobs: { content: unknown[]; refusal: unknown[] } | null = null;

  take(delta: Fields, logprobs: unknown): void {
    if (!hasOnly(delta, messageFields)) throw new NotJoinable();
    if (typeof delta.role === 'string') this.#role = delta.role;
    this.#content += textOf(delta.content);
    for (const field of textFields) {
      if (delta[field] != null) this.#texts.set(field, (this.#texts.get(field) ?? '') + textOf(delta[field]));
    }
    for (const thought of listOf(delta.reasoning_details)) this.#takeThought(thought as ReasoningDetail);
    for (const call of listOf(delta.tool_calls)) this.#takeCall(fieldsOf(call));
    this.#extra = delta.extra_content ?? this.#extra;
    if (logprobs != null) this.#takeLogprobs(fieldsOf(logprobs));
  }

  get whole(): Fields {
    const calls = this.#calls.map(({ id, name, arguments: given, extra }) => {
      const beside = extra === undefined ? {} : { extra_content: extra };
      return { id, type: 'function', function: { name, arguments: given }, ...beside };
    });
    return {
      role: this.#role,
      content: this.#content === '' && calls.length > 0 ? null : this.#content,
      ...Object.fromEntries(this.#texts),
      ...(this.#thoughts.length > 0 && { reasoning_details: this.#thoughts }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(this.#extra !== undefined && { extra_content: this.#extra }),
    };
  }

  get logprobs(): Fields | null {
    if (this.#logprobs === null) return null;
    const { content, refusal } = this.#logprobs;
    return { content: content.length === 0 ? null : content, refusal: refusal.length === 0 ? null : refusal };
  }

  #takeThought(thought: ReasoningDetail): void {
    const { type, index } = thought;
    const isAgain = type === 'reasoning.encrypted' && index !== undefined && this.#thoughts.some((one) => one.index === index);
    if (!joinedThoughts.has(type) || isAgain) throw new NotJoinable();
    joinThought(this.#thoughts, thought);
  }

  /** Numbered pieces; a name or an ID that comes again is the same one. */
  #takeCall(call: Fields): void {
    const { index, id, type = 'function', function: called, extra_content } = call;
    const { name, arguments: given, ...rest } = fieldsOf(called);
    if (!Number.isSafeInteger(index) || type !== 'function' || !hasOnly(call, callFields) || !hasOnly(rest, new Set()))
      throw new NotJoinable();
    if ((index as number) > this.#calls.length) throw new NotJoinable();
    const known = this.#calls[index as number] ?? { id: '', name: '', arguments: '', extra: undefined };
    this.#calls[index as number] = {
      id: same(known.id, textOf(id)),
      name: same(known.name, textOf(name)),
      arguments: known.arguments + textOf(given),
      extra: extra_content ?? known.extra,
    };
  }

  #takeLogprobs({ content, refusal, ...rest }: Fields): void {
    if (Object.values(rest).some((value) => !saysNothing(value))) throw new NotJoinable();
    this.#logprobs ??= { content: [], refusal: [] };
    this.#logprobs.content.push(...listOf(content));
    this.#logprobs.refusal.push(...listOf(refusal));
  }
}

function same(known: string, told: string): string {
  if (known !== '' && told !== '' && told !== known) throw new NotJoinable();
  return known || told;
}

function textOf(value: unknown): string {
  if (value != null && typeof value !== 'string') throw new NotJoinable();
  return value ?? '';
}

function listOf(value: unknown): readonly unknown[] {
  if (value != null && !(Array.isArray(value) && value.every(isObject))) throw new NotJoinable();
  return value ?? [];
}
