import { type ChatCompletion, type ChatMessage, PipelinesError, type ToolCall } from '@pipelines/contracts';

/** An answer, read. */
export interface SaidAnswer {
  readonly text: string;
  /** What the model thought before it answered, where its provider tells. */
  readonly thinking: string | null;
  readonly toolCalls: readonly ToolCall[];
  /** As the next turn must carry it: reasoning details and signatures unchanged. */
  readonly message: ChatMessage;
  readonly finishReason: string | null;
}

/** What an answer says, and what the next turn must carry. @throws PipelinesError `upstream_error` where it has no answer */
export function readCompletion({ choices }: ChatCompletion): SaidAnswer {
  const [choice] = choices;
  if (choice === undefined) throw new PipelinesError('upstream_error', { detail: 'The model answered without an answer.' });
  const { content, reasoning, reasoning_content, tool_calls } = choice.message;
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return {
    text,
    thinking: reasoning ?? reasoning_content ?? null,
    toolCalls: tool_calls ?? [],
    message: toTurn(choice.message),
    finishReason: choice.finish_reason,
  };
}

/** Of an answer what a provider takes back: `reasoning` and the like are for reading only, and some providers refuse them. */
function toTurn({ content, tool_calls, reasoning_details, extra_content }: ChatMessage): ChatMessage {
  return {
    role: 'assistant',
    content: content ?? null,
    ...(tool_calls != null && tool_calls.length > 0 && { tool_calls }),
    ...(reasoning_details != null && { reasoning_details }),
    ...(extra_content != null && { extra_content }),
  };
}
