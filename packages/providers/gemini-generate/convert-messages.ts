import type { ChatMessage, ToolCall } from '@pipelines/contracts';
import type { Changes } from '../changes.ts';
import { readArguments, toToolId } from '../tool-calls.ts';
import { EMPTY_TEXT, translateTurns } from '../translate-turns.ts';
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
  const namesById = new Map<string, string>();
  // Signatures are checked in the turn that goes on, not in those before it.
  const turnStart = Array.isArray(input) ? input.findLastIndex((message) => message?.role === 'user') : -1;
  const { system, turns } = translateTurns<Part>(input, {
    providerName: 'Gemini',
    content: (content) => toParts(content, family),
    assistant: (message, index) => {
      for (const call of message.tool_calls ?? []) namesById.set(toToolId(call.id), call.function.name);
      return [...toText(message, family), ...toCalls(message, family.wantsSignatures && index > turnStart, changes)];
    },
    toolResult: (message) => toResult(message, namesById, family),
    empty: { text: EMPTY_TEXT },
  });
  return { system, contents: turns.map(({ role, parts }) => ({ role: role === 'user' ? 'user' : 'model', parts })) };
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
