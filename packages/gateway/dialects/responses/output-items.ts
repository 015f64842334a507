import type { ReasoningDetail } from '@pipelines/contracts';
import { packThoughts } from '../kept-thought.ts';
import { readableThought } from '../said-message.ts';

type Status = 'in_progress' | 'completed';

/** The items of an answer, as OpenAI's clients know them. */
export function messageItem(id: string, status: Status, text: string | null): object {
  return { id, type: 'message', status, role: 'assistant', content: text === null ? [] : [textPart(text)] };
}

export function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

export function callItem(
  id: string,
  status: Status,
  call: { readonly id: string; readonly name: string; readonly arguments: string },
): object {
  return { id, type: 'function_call', status, call_id: call.id, name: call.name, arguments: call.arguments };
}

/** Thoughts: what can be read as a summary, and all that the model wants back, packed. */
export function reasoningItem(id: string, status: Status, details: readonly ReasoningDetail[]): object {
  const text = details.map(readableThought).join('');
  const kept = status === 'completed' && details.length > 0 ? packThoughts(details) : null;
  return { id, type: 'reasoning', status, summary: text === '' ? [] : [summaryPart(text)], encrypted_content: kept };
}

export function summaryPart(text: string): object {
  return { type: 'summary_text', text };
}
