import type { ChatMessage, ToolCall } from '@pipelines/contracts';
import type { Changes } from '../changes.ts';
import { readArguments, toToolId } from '../tool-calls.ts';
import { EMPTY_TEXT, Turns } from '../turns.ts';
import { wrongMessages } from '../wrong-messages.ts';
import { toParts } from './content-parts.ts';
import type { GeminiFamily } from './gemini-families.ts';
import type { Content, Part } from './gemini-types.ts';
import { readCallSignature, readTextSignature, UNKNOWN_SIGNATURE } from './thought-signatures.ts';

export interface ConvertedMessages {
  readonly system: readonly Part[];
  readonly contents: readonly Content[];
}

/** System texts apart, turns of one side merged, tool results in the user's turn under the name of their call. */
export function convertMessages(input: readonly ChatMessage[], family: GeminiFamily, changes: Changes): ConvertedMessages {
  if (!Array.isArray(input)) throw wrongMessages('messages is not a list.');
  const messages = input as readonly ChatMessage[];
  const system: Part[] = [];
  const turns = new Turns<Content['role'], Part>();
  const namesById = new Map<string, string>();
  // Signatures are checked in the turn that goes on, not in those before it.
  const turnStart = messages.findLastIndex((message) => message?.role === 'user');

  for (const [index, message] of messages.entries()) {
    switch (message?.role) {
      case 'system':
      case 'developer':
        system.push(...toParts(message.content, family));
        break;
      case 'user':
        turns.push('user', toParts(message.content, family));
        break;
      case 'assistant':
        for (const call of message.tool_calls ?? []) namesById.set(toToolId(call.id), call.function.name);
        turns.push('model', [...toText(message, family), ...toCalls(message, family.wantsSignatures && index > turnStart, changes)]);
        break;
      case 'tool':
        turns.push('user', toResult(message, namesById, family));
        break;
      default:
        throw wrongMessages('A message has a role that Gemini does not know.');
    }
  }
  if (turns.list.length === 0) throw wrongMessages('There is no message with a content.');
  const contents: Content[] = [...turns.list];
  if (contents[0]?.role !== 'user') contents.unshift({ role: 'user', parts: [{ text: EMPTY_TEXT }] });
  return { system, contents };
}

/** The signature of a text belongs to its last part; one that came alone stands with an empty text. */
function toText(message: ChatMessage, family: GeminiFamily): Part[] {
  const parts = toParts(message.content, family);
  const thoughtSignature = readTextSignature(message);
  if (thoughtSignature === undefined) return parts;
  const last = parts.pop() ?? { text: '' };
  return [...parts, { ...last, thoughtSignature }];
}

function toCalls(message: ChatMessage, wantsSignatures: boolean, changes: Changes): Part[] {
  const parts: Part[] = (message.tool_calls ?? []).map((call) => toCall(message, call));
  const [first, ...others] = parts;
  if (!wantsSignatures || first === undefined || first.thoughtSignature !== undefined) return parts;
  changes.note('tool_calls', 'sent without the thought signatures that came with them');
  return [{ ...first, thoughtSignature: UNKNOWN_SIGNATURE }, ...others];
}

function toCall(message: ChatMessage, call: ToolCall): Part {
  const thoughtSignature = readCallSignature(message, call);
  return {
    functionCall: { id: toToolId(call.id), name: call.function.name, args: readArguments(call) },
    ...(thoughtSignature === undefined ? {} : { thoughtSignature }),
  };
}

/** Texts of a result are its output; a picture stands beside it. */
function toResult(message: ChatMessage, namesById: ReadonlyMap<string, string>, family: GeminiFamily): Part[] {
  const id = toToolId(message.tool_call_id);
  const name = namesById.get(id);
  if (name === undefined) throw wrongMessages('A tool result answers no tool call before it.');
  const parts = toParts(message.content, family);
  const output = parts.map((part) => ('text' in part ? part.text : '')).join('');
  return [{ functionResponse: { id, name, response: { output } } }, ...parts.filter((part) => !('text' in part))];
}
