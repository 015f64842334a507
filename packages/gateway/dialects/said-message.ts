import type { ChatCompletion, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import { fieldsOf, isObject, objectsOf, textOf } from './request-fields.ts';

/** What a whole answer says, whatever its provider calls it. */
export interface SaidMessage {
  readonly details: readonly ReasoningDetail[];
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly finishReason: string | null;
}

/** Reads the first choice of an answer: callers of other dialects can ask for one only. */
export function readSaidMessage({ choices: [choice] }: ChatCompletion): SaidMessage {
  const { content, refusal, reasoning, reasoning_content, reasoning_details, tool_calls } = fieldsOf(choice?.message);
  const spoken =
    textOf(content) ||
    objectsOf(content)
      .map(({ text }) => textOf(text))
      .join('');
  const thinking = textOf(reasoning) || textOf(reasoning_content);
  const told = objectsOf(reasoning_details) as unknown as readonly ReasoningDetail[];
  return {
    details: told.length > 0 || thinking === '' ? told : [{ type: 'reasoning.text', text: thinking }],
    text: spoken || textOf(refusal),
    calls: objectsOf(tool_calls).filter((call) => isObject(call.function)) as unknown as readonly ToolCall[],
    finishReason: textOf(choice?.finish_reason) || null,
  };
}

/** What a person can read of a thought. */
export function readableThought(detail: ReasoningDetail): string {
  if (detail.type === 'reasoning.summary') return typeof detail.summary === 'string' ? detail.summary : '';
  return detail.type === 'reasoning.text' ? (detail.text ?? '') : '';
}

/** True where what stands beside a call is told in its thoughts too. */
export function isToldInThoughts(id: string, details: readonly ReasoningDetail[]): boolean {
  return details.some((detail) => detail.type === 'reasoning.encrypted' && detail.id === id);
}
