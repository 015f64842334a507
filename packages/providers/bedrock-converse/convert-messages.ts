import type { ChatMessage, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { readSignedThoughts } from '../signed-thoughts.ts';
import { readArguments, toToolId } from '../tool-calls.ts';
import { EMPTY_TEXT, translateTurns } from '../translate-turns.ts';
import { toBlocks } from './content-blocks.ts';
import type { ContentBlock, ConverseMessage } from './converse-types.ts';

export interface ConvertedMessages {
  readonly system: readonly ContentBlock[];
  readonly messages: readonly ConverseMessage[];
  /** Tools that earlier turns have called: Converse wants them declared. */
  readonly usedTools: ReadonlySet<string>;
}

/** System texts apart, turns of one role merged, tool results in the user's turn. */
export function convertMessages(input: readonly ChatMessage[]): ConvertedMessages {
  const usedTools = new Set<string>();
  const { system, turns } = translateTurns<ContentBlock>(input, {
    providerName: 'Bedrock',
    content: toBlocks,
    assistant: (message) => {
      for (const call of message.tool_calls ?? []) usedTools.add(call.function.name);
      return [...toReasoning(message.reasoning_details ?? []), ...toBlocks(message.content), ...(message.tool_calls ?? []).map(toToolUse)];
    },
    toolResult: (message) => [toToolResult(message)],
    empty: { text: EMPTY_TEXT },
  });
  return { system, messages: turns.map(({ role, parts }) => ({ role, content: parts })), usedTools };
}

function toToolResult(message: ChatMessage): ContentBlock {
  const content = toBlocks(message.content);
  return {
    toolResult: { toolUseId: toToolId(message.tool_call_id), content: content.length > 0 ? content : [{ text: EMPTY_TEXT }] },
  };
}

function toToolUse(call: ToolCall): ContentBlock {
  return { toolUse: { toolUseId: toToolId(call.id), name: call.function.name, input: readArguments(call) } };
}

function toReasoning(details: readonly ReasoningDetail[]): ContentBlock[] {
  return readSignedThoughts(details).map((thought) =>
    thought.kind === 'encrypted'
      ? { reasoningContent: { redactedContent: thought.data } }
      : { reasoningContent: { reasoningText: { text: thought.text, signature: thought.signature } } },
  );
}
