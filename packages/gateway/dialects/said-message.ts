import type { ChatCompletion, ReasoningDetail, ToolCall } from '@pipelines/contracts';

/** What a whole answer says, whatever its provider calls it. */
export interface SaidMessage {
  readonly details: readonly ReasoningDetail[];
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly finishReason: string | null;
}

/** Reads the first choice of an answer: callers of other dialects can ask for one only. */
export function readSaidMessage({ choices: [choice] }: ChatCompletion): SaidMessage {
  const { content, refusal, reasoning, reasoning_content, reasoning_details, tool_calls } = choice?.message ?? {};
  const spoken = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  const thinking = reasoning || reasoning_content || '';
  const told = Array.isArray(reasoning_details) ? (reasoning_details as readonly ReasoningDetail[]) : [];
  return {
    details: told.length > 0 || thinking === '' ? told : [{ type: 'reasoning.text', text: thinking }],
    text: spoken || refusal || '',
    calls: tool_calls ?? [],
    finishReason: choice?.finish_reason ?? null,
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
