import type { ChatChunk, ReasoningDetail } from '@pipelines/contracts';
import { type Fields, fieldsOf, isObject, objectsOf, textOf } from './request-fields.ts';

export interface CallDelta {
  /** Null where the server tells none. */
  readonly index: number | null;
  readonly id?: string;
  readonly name?: string;
  readonly arguments: string;
  /** What the provider wants back beside the call, such as a signature. */
  readonly extraContent?: unknown;
}

/** What one chunk of a chat says, whatever its provider calls it. */
export interface SaidDelta {
  readonly thinking: string;
  readonly details: readonly ReasoningDetail[];
  readonly text: string;
  readonly calls: readonly CallDelta[];
  readonly finishReason: string | null;
}

const nothing: SaidDelta = { thinking: '', details: [], text: '', calls: [], finishReason: null };

/** Reads the first choice of a chunk, as `parseChunk` gives it: callers of other dialects can ask for one only. */
export function readDelta({ choices }: Pick<ChatChunk, 'choices'>): SaidDelta {
  const choice = choices.find((one) => (one.index ?? 0) === 0);
  if (choice === undefined) return nothing;
  const { content, refusal, reasoning, reasoning_content, reasoning_details, tool_calls } = choice.delta;
  return {
    thinking: textOf(reasoning) || textOf(reasoning_content),
    details: objectsOf(reasoning_details) as unknown as ReasoningDetail[],
    text: textOf(content) || textOf(refusal),
    calls: objectsOf(tool_calls).map(readCall),
    finishReason: typeof choice.finish_reason === 'string' ? choice.finish_reason : null,
  };
}

function readCall({ index, id, function: called, extra_content }: Fields): CallDelta {
  const { name, arguments: given } = fieldsOf(called);
  return {
    index: typeof index === 'number' ? index : null,
    // Some servers send them read already.
    arguments: isObject(given) ? JSON.stringify(given) : textOf(given),
    ...(textOf(id) !== '' && { id: textOf(id) }),
    ...(textOf(name) !== '' && { name: textOf(name) }),
    ...(extra_content !== undefined && { extraContent: extra_content }),
  };
}
