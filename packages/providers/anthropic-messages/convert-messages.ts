import type { ChatMessage, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { readSignedThoughts } from '../signed-thoughts.ts';
import { readArguments, toToolId } from '../tool-calls.ts';
import { EMPTY_TEXT, translateTurns } from '../translate-turns.ts';
import { cacheMark, toBlocks } from './content-blocks.ts';
import type { ContentBlock, Message } from './messages-types.ts';

export interface ConvertedMessages {
  readonly system: readonly ContentBlock[];
  readonly messages: readonly Message[];
  /** True where the last tool calls have come back without the thoughts that led to them. */
  readonly thoughtsLost: boolean;
}

/** System texts apart, turns of one role merged, tool results in the user's turn. */
export function convertMessages(input: readonly ChatMessage[]): ConvertedMessages {
  const { system, turns } = translateTurns<ContentBlock>(input, {
    providerName: 'Anthropic',
    content: toBlocks,
    assistant: (message) => [
      ...toThinking(message.reasoning_details ?? []),
      ...toBlocks(message.content),
      ...(message.tool_calls ?? []).map(toToolUse),
    ],
    toolResult: (message) => [toToolResult(message)],
    empty: { type: 'text', text: EMPTY_TEXT },
  });
  const messages: Message[] = turns.map(({ role, parts }) => ({ role, content: parts }));
  return { system, messages, thoughtsLost: lostThoughts(messages) };
}

function toToolUse(call: ToolCall): ContentBlock {
  return { type: 'tool_use', id: toToolId(call.id), name: call.function.name, input: readArguments(call) };
}

function toToolResult(message: ChatMessage): ContentBlock {
  const content = toBlocks(message.content);
  return {
    type: 'tool_result',
    tool_use_id: toToolId(message.tool_call_id),
    ...(content.length > 0 ? { content } : {}),
    ...cacheMark(message),
  };
}

function toThinking(details: readonly ReasoningDetail[]): ContentBlock[] {
  return readSignedThoughts(details).map((thought) =>
    thought.kind === 'encrypted'
      ? { type: 'redacted_thinking', data: thought.data }
      : { type: 'thinking', thinking: thought.text, signature: thought.signature },
  );
}

/** Inside a tool loop, a model with a thinking budget wants its own thoughts before its calls. */
function lostThoughts(messages: readonly Message[]): boolean {
  const [assistant, results] = messages.slice(-2);
  if (assistant?.role !== 'assistant' || !results?.content.some((block) => block.type === 'tool_result')) return false;
  return !['thinking', 'redacted_thinking'].includes(assistant.content[0]?.type ?? '');
}
