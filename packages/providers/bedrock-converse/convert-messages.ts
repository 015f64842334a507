import type { ChatMessage, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { EMPTY_TEXT, invalidMessages, toBlocks, toToolUseId } from './content-blocks.ts';
import type { ContentBlock, ConverseMessage } from './converse-types.ts';

export interface ConvertedMessages {
  readonly system: readonly ContentBlock[];
  readonly messages: readonly ConverseMessage[];
  /** Tools that earlier turns have called: Converse wants them declared. */
  readonly usedTools: ReadonlySet<string>;
}

/** System texts apart, turns of one role merged, tool results in the user's turn. */
export function convertMessages(input: readonly ChatMessage[]): ConvertedMessages {
  if (!Array.isArray(input)) throw invalidMessages('messages is not a list.');
  const system: ContentBlock[] = [];
  const messages: ConverseMessage[] = [];
  const usedTools = new Set<string>();

  const push = (role: ConverseMessage['role'], content: readonly ContentBlock[]): void => {
    if (content.length === 0) return;
    const last = messages.at(-1);
    if (last?.role === role) last.content.push(...content);
    else messages.push({ role, content: [...content] });
  };

  for (const message of input as readonly ChatMessage[]) {
    switch (message?.role) {
      case 'system':
      case 'developer':
        system.push(...toBlocks(message.content));
        break;
      case 'user':
        push('user', toBlocks(message.content));
        break;
      case 'assistant':
        for (const call of message.tool_calls ?? []) usedTools.add(call.function.name);
        push('assistant', [
          ...toReasoning(message.reasoning_details ?? []),
          ...toBlocks(message.content),
          ...(message.tool_calls ?? []).map(toToolUse),
        ]);
        break;
      case 'tool':
        push('user', [toToolResult(message)]);
        break;
      default:
        throw invalidMessages('A message has a role that Bedrock does not know.');
    }
  }
  if (messages.length === 0) throw invalidMessages('There is no message with a content.');
  if (messages[0]?.role !== 'user') messages.unshift({ role: 'user', content: [{ text: EMPTY_TEXT }] });
  return { system, messages, usedTools };
}

function toToolResult(message: ChatMessage): ContentBlock {
  const content = toBlocks(message.content);
  return {
    toolResult: { toolUseId: toToolUseId(message.tool_call_id), content: content.length > 0 ? content : [{ text: EMPTY_TEXT }] },
  };
}

function toToolUse(call: ToolCall): ContentBlock {
  return { toolUse: { toolUseId: toToolUseId(call.id), name: call.function.name, input: parseArguments(call.function.arguments) } };
}

function parseArguments(text: unknown): Record<string, unknown> {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(String(text));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The parser's message quotes the arguments.
  }
  throw invalidMessages('The arguments of a tool call are not a JSON object.');
}

/**
 * Thinking that goes back with its signature, or encrypted. A client may have kept the pieces of a
 * stream apart, so texts are joined until a signature closes them; a text without one is refused
 * there and stays out.
 */
function toReasoning(details: readonly ReasoningDetail[]): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  let text = '';
  for (const detail of details) {
    if (detail.type === 'reasoning.encrypted' && typeof detail.data === 'string') {
      blocks.push({ reasoningContent: { redactedContent: detail.data } });
    } else if (detail.type === 'reasoning.text') {
      text += detail.text ?? '';
      if (typeof detail.signature !== 'string' || detail.signature === '') continue;
      blocks.push({ reasoningContent: { reasoningText: { text, signature: detail.signature } } });
      text = '';
    }
  }
  return blocks;
}
