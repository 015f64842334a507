import type { LlamaModel, Token } from 'node-llama-cpp';
import type { ChatMessage } from './chat-request.ts';

const WIRE_ROLE = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant', tool: 'user' } as const;

/**
 * Lays a conversation out as ChatML tokens, ending where the assistant's turn begins. Control tokens
 * are added here only; a message that spells `<|im_end|>` stays plain text.
 */
export function renderPrompt(model: LlamaModel, messages: readonly ChatMessage[]): Token[] {
  const [turnStart, turnEnd] = [model.tokenize('<|im_start|>', true), model.tokenize('<|im_end|>', true)];
  const plain = (text: string) => model.tokenize(text, false);
  const turns = messages.flatMap((message) => [
    ...turnStart,
    ...plain(`${WIRE_ROLE[message.role]}\n${readText(message)}`),
    ...turnEnd,
    ...plain('\n'),
  ]);
  return [...turns, ...turnStart, ...plain('assistant\n')];
}

function readText(message: ChatMessage): string {
  const text = typeof message.content === 'string' ? message.content : (message.content ?? []).map((part) => part.text).join('');
  const calls = (message.tool_calls ?? []).map(
    (call) => `<tool_call>{"name":${JSON.stringify(call.function.name)},"arguments":${call.function.arguments}}</tool_call>`,
  );
  return text + calls.join('');
}
