import { type Fields, fieldsOf } from '../dialects/request-fields.ts';
import { decodeEvents } from '../dialects/typed-events.ts';
import type { KeptAnswer } from './kept-answer.ts';

interface Block {
  readonly type: unknown;
  readonly name: unknown;
  text: string;
  /** Of a tool's call, as JSON. */
  input: string;
}

/** An answer of the Messages API, streamed or whole. @throws for what is none, or broke off */
export function readKeptMessage(text: string): KeptAnswer {
  const blocks = text.trimStart().startsWith('{') ? readWhole(fieldsOf(JSON.parse(text))) : gather(decodeEvents(text));
  const calls = blocks.filter(({ type }) => type === 'tool_use');
  return {
    text: blocks.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    toolCalls: calls.map(({ name, input }) => ({ name: String(name), arguments: input === '' ? '{}' : input })),
  };
}

function readWhole({ type, content }: Fields): readonly Block[] {
  if (type !== 'message' || !Array.isArray(content)) throw new TypeError('Not a message.');
  return content.map(fieldsOf).map((block) => ({ ...beginBlock(block), input: JSON.stringify(block.input ?? {}) }));
}

/** Blocks come one after the other, each in pieces. */
function gather(events: readonly Fields[]): readonly Block[] {
  if (!events.some(({ type }) => type === 'message_stop')) throw new TypeError('Not a whole message.');
  const blocks: Block[] = [];
  for (const event of events) {
    const delta = fieldsOf(event.delta);
    const block = blocks.at(-1);
    if (event.type === 'content_block_start') blocks.push(beginBlock(fieldsOf(event.content_block)));
    else if (block !== undefined && delta.type === 'text_delta') block.text += String(delta.text);
    else if (block !== undefined && delta.type === 'input_json_delta') block.input += String(delta.partial_json);
  }
  return blocks;
}

function beginBlock({ type, name, text }: Fields): Block {
  return { type, name, text: typeof text === 'string' ? text : '', input: '' };
}
