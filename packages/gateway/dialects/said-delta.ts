import type { ChatChunk, ReasoningDetail } from '@pipelines/contracts';

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

/** Reads the first choice of a chunk: callers of other dialects can ask for one only. */
export function readDelta({ choices }: Pick<ChatChunk, 'choices'>): SaidDelta {
  const choice = (Array.isArray(choices) ? choices : []).find((one) => (one?.index ?? 0) === 0);
  if (choice === undefined) return nothing;
  const { content, refusal, reasoning, reasoning_content, reasoning_details, tool_calls } = choice.delta ?? {};
  return {
    thinking: textOf(reasoning) || textOf(reasoning_content),
    details: Array.isArray(reasoning_details) ? (reasoning_details as ReasoningDetail[]) : [],
    text: textOf(content) || textOf(refusal),
    calls: Array.isArray(tool_calls) ? tool_calls.map(readCall) : [],
    finishReason: typeof choice.finish_reason === 'string' ? choice.finish_reason : null,
  };
}

interface WireCall {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null;
  readonly extra_content?: unknown;
}

function readCall({ index = null, id, function: called, extra_content }: WireCall): CallDelta {
  return {
    index,
    arguments: called?.arguments ?? '',
    ...(id != null && id !== '' && { id }),
    ...(called?.name != null && called.name !== '' && { name: called.name }),
    ...(extra_content !== undefined && { extraContent: extra_content }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
