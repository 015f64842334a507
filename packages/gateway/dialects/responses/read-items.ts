import type { ChatMessage, ContentPart, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { wrongField } from '../../field-errors.ts';
import { unpackThoughts } from '../kept-thought.ts';
import { type Fields, fieldsOf, isObject, unsupported } from '../request-fields.ts';

export interface ReadItems {
  readonly messages: readonly ChatMessage[];
  readonly lost: readonly string[];
}

/** `input` as the messages of a chat: what the model thought, said and called in one turn is one message there. */
export function readItems(input: unknown): ReadItems {
  if (typeof input === 'string') return { messages: [{ role: 'user', content: input }], lost: [] };
  const reader = new ItemReader();
  for (const [index, item] of (input as unknown[]).entries()) reader.take(item, `input[${index}]`);
  return reader.finish();
}

interface OpenTurn {
  readonly content: ContentPart[];
  readonly calls: ToolCall[];
  readonly details: ReasoningDetail[];
}

class ItemReader {
  readonly #messages: ChatMessage[] = [];
  readonly #lost = new Set<string>();
  #turn: OpenTurn | null = null;

  take(item: unknown, field: string): void {
    if (!isObject(item)) throw wrongField(field, 'an object with a type');
    const type = item.type ?? 'message';
    if (type === 'message') this.#takeMessage(item, field);
    else if (type === 'reasoning') this.#takeReasoning(item);
    else if (type === 'function_call') this.#takeCall(item, field);
    else if (type === 'function_call_output') this.#takeOutput(item, field);
    else {
      throw unsupported(
        field,
        `"${field}" is an item of a kind that this gateway does not take.`,
        'Send messages, reasoning, function calls and their outputs.',
      );
    }
  }

  finish(): ReadItems {
    this.#closeTurn();
    return { messages: this.#messages, lost: [...this.#lost] };
  }

  #takeMessage({ role, content }: Fields, field: string): void {
    if (role !== 'user' && role !== 'assistant' && role !== 'system' && role !== 'developer') {
      throw wrongField(`${field}.role`, 'one of user, assistant, system, developer');
    }
    const parts = readContent(content, `${field}.content`);
    if (role === 'assistant') {
      // Calls end a turn: what is said after them is another one.
      if (this.#turn !== null && this.#turn.calls.length > 0) this.#closeTurn();
      this.#openTurn().content.push(...parts);
      return;
    }
    this.#closeTurn();
    this.#messages.push({ role, content: plain(parts) });
  }

  #takeReasoning({ encrypted_content: kept, summary }: Fields): void {
    if (kept == null) return;
    const details = unpackThoughts(kept);
    if (details === null) this.#lost.add('reasoning: dropped, another maker has encrypted it');
    if (this.#turn !== null && this.#turn.calls.length > 0 && (this.#turn.content.length > 0 || !isKeptOnly(summary))) this.#closeTurn();
    for (const detail of details ?? []) this.#openTurn().details.push(detail);
  }

  #takeCall({ call_id: id, name, arguments: given }: Fields, field: string): void {
    if (typeof id !== 'string' || typeof name !== 'string' || typeof given !== 'string') {
      throw wrongField(field, 'a function call with call_id, name and arguments');
    }
    this.#openTurn().calls.push({ id, type: 'function', function: { name, arguments: given } });
  }

  /** A chat's tool answers in texts; its pictures are shown by the user. */
  #takeOutput({ call_id: id, output }: Fields, field: string): void {
    if (typeof id !== 'string') throw wrongField(`${field}.call_id`, 'the ID of a function call');
    this.#closeTurn();
    const parts = readContent(output, `${field}.output`);
    const said = parts.flatMap((part) => (part.type === 'text' ? [part.text ?? ''] : []));
    const shown = parts.filter(({ type }) => type !== 'text');
    this.#messages.push({ role: 'tool', tool_call_id: id, content: said.join('\n') });
    if (shown.length > 0) this.#messages.push({ role: 'user', content: shown });
  }

  #openTurn(): OpenTurn {
    this.#turn ??= { content: [], calls: [], details: [] };
    return this.#turn;
  }

  #closeTurn(): void {
    if (this.#turn === null) return;
    const { content, calls, details } = this.#turn;
    this.#turn = null;
    if (content.length === 0 && calls.length === 0) return;
    const extras = new Map(details.filter(isExtra).map(({ id, extra_content }) => [id, extra_content]));
    const thoughts = details.filter((detail) => !isExtra(detail)).map((detail, index) => ({ ...detail, index }));
    const toolCalls = calls.map((call) => (extras.has(call.id) ? { ...call, extra_content: extras.get(call.id) } : call));
    this.#messages.push({
      role: 'assistant',
      content: content.length === 0 ? null : plain(content),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
      ...(thoughts.length > 0 && { reasoning_details: thoughts }),
    });
  }
}

function isExtra({ type }: ReasoningDetail): boolean {
  return type === 'extra_content';
}

/** An item without readable thoughts belongs to the calls of its turn. */
function isKeptOnly(summary: unknown): boolean {
  return !Array.isArray(summary) || summary.length === 0;
}

function readContent(content: unknown, field: string): ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongField(field, 'a text or a list of parts');
  return content.map((part, index) => readPart(fieldsOf(part), `${field}[${index}]`));
}

function readPart({ type, text, refusal, image_url: url, detail }: Fields, field: string): ContentPart {
  if ((type === 'input_text' || type === 'output_text') && typeof text === 'string') return { type: 'text', text };
  if (type === 'refusal' && typeof refusal === 'string') return { type: 'text', text: refusal };
  if (type === 'input_image' && typeof url === 'string') {
    return { type: 'image_url', image_url: { url, ...(typeof detail === 'string' && { detail }) } };
  }
  throw unsupported(
    field,
    `"${field}" is content of a kind that this gateway does not take.`,
    'Send texts as input_text, and images as input_image with an image_url.',
  );
}

/** One text is a plain string, as every server takes it. */
function plain(parts: readonly ContentPart[]): string | readonly ContentPart[] {
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' ? (only.text ?? '') : parts;
}
