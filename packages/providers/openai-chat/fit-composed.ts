import type { ChatMessage, ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import type { Patch } from './patch.ts';

/** What a strict server does not know of a chat that was composed from another dialect: it would refuse it. */
export function fitComposed(request: ChatRequest, { quirks }: AdapterTarget, patch: Patch): void {
  const keepsMarks = quirks.cacheMarks === true;
  const keepsThoughts = quirks.reasoningFormat !== 'openai';
  if (!keepsMarks && request.tools != null) {
    patch.set(
      'tools',
      request.tools.map(({ cache_control: _, ...tool }) => tool),
    );
  }
  if (keepsMarks && keepsThoughts) return;
  const messages = (patch.fields.messages === undefined ? request.messages : renamed(request.messages)).map((message) =>
    fitMessage(message, keepsMarks, keepsThoughts),
  );
  patch.set('messages', messages);
}

/** The role that was renamed in the bytes is renamed in the value too. */
function renamed(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message) => (message.role === 'developer' ? { ...message, role: 'system' } : message));
}

function fitMessage(
  { cache_control: mark, reasoning_details: details, ...message }: ChatMessage,
  keepsMarks: boolean,
  keepsThoughts: boolean,
) {
  const content = keepsMarks || !Array.isArray(message.content) ? message.content : joinTexts(message.content);
  return {
    ...message,
    ...(content !== undefined && { content }),
    ...(keepsMarks && mark !== undefined && { cache_control: mark }),
    ...(keepsThoughts && details != null && { reasoning_details: details }),
  };
}

function joinTexts(parts: Exclude<NonNullable<ChatMessage['content']>, string>) {
  const plain = parts.map(({ cache_control: _, ...part }) => part);
  return plain.length > 0 && plain.every(({ type }) => type === 'text') ? plain.map(({ text }) => text ?? '').join('\n') : plain;
}
