import type { ChatRequest } from '@pipelines/contracts';
import { chatDialect } from '../dialects/chat/chat-dialect.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { messagesDialect } from '../dialects/messages/messages-dialect.ts';
import { responsesDialect } from '../dialects/responses/responses-dialect.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { readKeptChat } from './read-kept-chat.ts';
import { readKeptMessage } from './read-kept-message.ts';
import { readKeptResponse } from './read-kept-response.ts';

/** A call whose contents were kept: what was asked, as a chat, and what was answered. */
export interface KeptCall {
  readonly request: ChatRequest;
  readonly answer: KeptAnswer;
}

const readers: readonly (readonly [dialect: Dialect, read: (answer: string) => KeptAnswer])[] = [
  [chatDialect, readKeptChat],
  [messagesDialect, readKeptMessage],
  [responsesDialect, readKeptResponse],
];

/**
 * Reads a call as its caller made it and was answered, in whichever dialect: the answer shows which one it was. Null where it
 * is no whole chat, and where the request holds what only the provider that answered it understands.
 */
export function readKeptCall(request: string, answer: string): KeptCall | null {
  for (const [dialect, read] of readers) {
    const said = attempt(() => read(answer));
    if (said === null) continue;
    const asked = attempt(() => dialect.read(Buffer.from(request), {}));
    return asked === null || asked.native?.untranslatable != null ? null : { request: asked.chat.value, answer: said };
  }
  return null;
}

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    // Another dialect, or no whole answer. What is thrown may quote what was said.
    return null;
  }
}
