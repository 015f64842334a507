import type { ChatMessage, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { readSignedThoughts } from '../signed-thoughts.ts';
import { readArguments, toToolId } from '../tool-calls.ts';
import { EMPTY_TEXT, Turns } from '../turns.ts';
import { wrongMessages } from '../wrong-messages.ts';
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
  if (!Array.isArray(input)) throw wrongMessages('messages is not a list.');
  const system: ContentBlock[] = [];
  const turns = new Turns<ConverseMessage['role'], ContentBlock>();
  const usedTools = new Set<string>();

  for (const message of input as readonly ChatMessage[]) {
    switch (message?.role) {
      case 'system':
      case 'developer':
        system.push(...toBlocks(message.content));
        break;
      case 'user':
        turns.push('user', toBlocks(message.content));
        break;
      case 'assistant':
        for (const call of message.tool_calls ?? []) usedTools.add(call.function.name);
        turns.push('assistant', [
          ...toReasoning(message.reasoning_details ?? []),
          ...toBlocks(message.content),
          ...(message.tool_calls ?? []).map(toToolUse),
        ]);
        break;
      case 'tool':
        turns.push('user', [toToolResult(message)]);
        break;
      default:
        throw wrongMessages('A message has a role that Bedrock does not know.');
    }
  }
  if (turns.list.length === 0) throw wrongMessages('There is no message with a content.');
  const messages: ConverseMessage[] = turns.list.map(({ role, parts }) => ({ role, content: parts }));
  if (messages[0]?.role !== 'user') messages.unshift({ role: 'user', content: [{ text: EMPTY_TEXT }] });
  return { system, messages, usedTools };
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
