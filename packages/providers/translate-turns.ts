import type { ChatMessage, ContentPart } from '@pipelines/contracts';
import { wrongMessages } from './wrong-messages.ts';

/** What one side says in a row. */
export interface Turn<Part> {
  readonly role: 'user' | 'assistant';
  readonly parts: Part[];
}

/** How one wire says what stands in a message. */
export interface TurnWords<Part> {
  readonly providerName: string;
  content(content: ChatMessage['content']): readonly Part[];
  assistant(message: ChatMessage, index: number): readonly Part[];
  toolResult(message: ChatMessage): readonly Part[];
  /** A text where the wire wants one and there is none. */
  readonly empty: Part;
}

/**
 * A conversation as native APIs want it: system texts apart, roles that alternate, tool results in the
 * user's turn, the user first. Throws `invalid_request` for what is no conversation.
 */
export function translateTurns<Part>(
  messages: readonly ChatMessage[],
  words: TurnWords<Part>,
): { readonly system: readonly Part[]; readonly turns: readonly Turn<Part>[] } {
  if (!Array.isArray(messages)) throw wrongMessages('messages is not a list.');
  const system: Part[] = [];
  const turns: Turn<Part>[] = [];
  for (const [index, message] of (messages as readonly ChatMessage[]).entries()) {
    switch (message?.role) {
      case 'system':
      case 'developer':
        system.push(...words.content(message.content));
        break;
      case 'user':
        push(turns, 'user', words.content(message.content));
        break;
      case 'assistant':
        push(turns, 'assistant', words.assistant(message, index));
        break;
      case 'tool':
        push(turns, 'user', words.toolResult(message));
        break;
      default:
        throw wrongMessages(`A message has a role that ${words.providerName} does not know.`);
    }
  }
  if (turns.length === 0) throw wrongMessages('There is no message with a content.');
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', parts: [words.empty] });
  return { system, turns };
}

/** Adds to the last turn where it is the same side's. Nothing said is no turn. */
function push<Part>(turns: Turn<Part>[], role: Turn<Part>['role'], parts: readonly Part[]): void {
  if (parts.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.parts.push(...parts);
  else turns.push({ role, parts: [...parts] });
}

/** The parts of a content, each by `toPart`; a plain text is one part. */
export function translateContent<Part>(content: ChatMessage['content'], toPart: (part: ContentPart) => readonly Part[]): Part[] {
  if (content == null) return [];
  if (typeof content === 'string') return [...toPart({ type: 'text', text: content })];
  if (!Array.isArray(content)) throw wrongMessages('The content of a message is neither a text nor a list of parts.');
  return content.flatMap((part: ContentPart) => toPart(part));
}

/** What stands where a provider wants a text and there is none. */
export const EMPTY_TEXT = '(empty)';
