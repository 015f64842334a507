import type { ChatMessage, ContentPart, PipelinesError, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { wrongField } from '../../field-errors.ts';
import { type Fields, fieldsOf, isObject, unsupported } from '../request-fields.ts';
import { readThought } from './thinking-blocks.ts';

export interface ReadTurns {
  readonly messages: readonly ChatMessage[];
  readonly untranslatable: PipelinesError | null;
}

/** `system` and `messages` as the messages of a chat: tool results come before what the user says beside them. */
export function readTurns({ system, messages }: Fields): ReadTurns {
  const reader = new TurnReader();
  const said = reader.readSystem(system);
  const turns = (messages as unknown[]).flatMap((message, index) => reader.readMessage(message, `messages[${index}]`));
  return { messages: [...said, ...turns], untranslatable: reader.untranslatable };
}

class TurnReader {
  untranslatable: PipelinesError | null = null;

  readSystem(system: unknown): ChatMessage[] {
    if (system == null) return [];
    if (typeof system === 'string') return system === '' ? [] : [{ role: 'system', content: system }];
    if (!Array.isArray(system)) throw wrongField('system', 'a string or a list of blocks');
    const parts = system.flatMap((block, index) => this.#readSpoken(block, `system[${index}]`));
    return parts.length === 0 ? [] : [{ role: 'system', content: plain(parts) }];
  }

  readMessage(message: unknown, field: string): ChatMessage[] {
    if (!isObject(message)) throw wrongField(field, 'an object with a role');
    const { role, content } = message;
    if (role !== 'user' && role !== 'assistant') throw wrongField(`${field}.role`, 'user or assistant');
    if (typeof content === 'string') return [{ role, content }];
    if (!Array.isArray(content)) throw wrongField(`${field}.content`, 'a string or a list of blocks');
    for (const [index, block] of content.entries()) {
      if (!isObject(block) || typeof block.type !== 'string') throw wrongField(`${field}.content[${index}]`, 'an object with a type');
    }
    const blocks = content as Fields[];
    return role === 'user' ? this.#readUser(blocks, field) : [this.#readAssistant(blocks, field)];
  }

  #readUser(blocks: readonly Fields[], field: string): ChatMessage[] {
    const results: ChatMessage[] = [];
    const parts: ContentPart[] = [];
    for (const [index, block] of blocks.entries()) {
      const at = `${field}.content[${index}]`;
      if (block.type !== 'tool_result') {
        parts.push(...this.#readSpoken(block, at));
        continue;
      }
      const { text, images } = this.#readResult(block, at);
      results.push(text);
      parts.push(...images);
    }
    return parts.length === 0 ? results : [...results, { role: 'user', content: plain(parts) }];
  }

  /** A chat's tool answers in texts; its pictures are shown by the user. */
  #readResult(block: Fields, field: string): { readonly text: ChatMessage; readonly images: readonly ContentPart[] } {
    const { tool_use_id: id, content, is_error, cache_control } = block;
    if (typeof id !== 'string' || id === '') throw wrongField(`${field}.tool_use_id`, 'the ID of a tool use');
    if (content != null && typeof content !== 'string' && !Array.isArray(content)) {
      throw wrongField(`${field}.content`, 'a string or a list of blocks');
    }
    const parts =
      typeof content === 'string'
        ? [{ type: 'text', text: content }]
        : (content ?? []).flatMap((inner: unknown, index: number) => this.#readSpoken(inner, `${field}.content[${index}]`));
    const said = parts.flatMap((part: ContentPart) => (part.type === 'text' ? [part.text ?? ''] : [])).join('\n');
    const text = is_error === true ? `Error: ${said}` : said;
    const mark = isObject(cache_control) ? { cache_control } : {};
    return { text: { role: 'tool', tool_call_id: id, content: text, ...mark }, images: parts.filter(({ type }) => type !== 'text') };
  }

  #readAssistant(blocks: readonly Fields[], field: string): ChatMessage {
    const details: ReasoningDetail[] = [];
    const calls: ToolCall[] = [];
    const parts: ContentPart[] = [];
    const extras = new Map<unknown, unknown>();
    for (const [index, block] of blocks.entries()) {
      const thoughts = readThought(block);
      if (thoughts !== null) {
        for (const thought of thoughts) {
          if (thought.type === 'extra_content') extras.set(thought.id, thought.extra_content);
          else details.push(thought);
        }
      } else if (block.type === 'tool_use') calls.push(readToolUse(block, `${field}.content[${index}]`));
      else parts.push(...this.#readSpoken(block, `${field}.content[${index}]`));
    }
    const toolCalls = calls.map((call) => (extras.has(call.id) ? { ...call, extra_content: extras.get(call.id) } : call));
    return {
      role: 'assistant',
      content: parts.length === 0 ? null : plain(parts),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
      ...(details.length > 0 && { reasoning_details: details.map((detail, index) => ({ ...detail, index })) }),
    };
  }

  /** Texts and pictures. Other blocks mean something to Claude only. */
  #readSpoken(block: unknown, field: string): ContentPart[] {
    const { type, text, source, cache_control } = fieldsOf(block);
    const mark = isObject(cache_control) ? { cache_control } : {};
    if (type === 'text') {
      if (typeof text !== 'string') throw wrongField(`${field}.text`, 'a string');
      return [{ type: 'text', text, ...mark }];
    }
    if (type === 'image') {
      const url = toUrl(fieldsOf(source));
      if (url !== null) return [{ type: 'image_url', image_url: { url }, ...mark }];
      if (!isObject(source) || source.type !== 'file') throw wrongField(`${field}.source`, 'of type base64 or url');
    }
    this.untranslatable ??= unsupported(
      field,
      `"${field}" is a kind of content that only a model served by Anthropic takes.`,
      'Send texts and images, or use a model that Anthropic serves.',
    );
    return [];
  }
}

function toUrl({ type, media_type, data, url }: Fields): string | null {
  if (type === 'base64' && typeof media_type === 'string' && typeof data === 'string') return `data:${media_type};base64,${data}`;
  return type === 'url' && typeof url === 'string' ? url : null;
}

function readToolUse({ id, name, input }: Fields, field: string): ToolCall {
  if (typeof id !== 'string' || typeof name !== 'string') throw wrongField(field, 'a tool use with an ID and a name');
  return { id, type: 'function', function: { name, arguments: JSON.stringify(isObject(input) ? input : {}) } };
}

/** One text without a mark is a plain string, as every server takes it. */
function plain(parts: readonly ContentPart[]): string | readonly ContentPart[] {
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' && only.cache_control === undefined ? (only.text ?? '') : parts;
}
