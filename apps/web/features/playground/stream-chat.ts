import { createParser } from 'eventsource-parser';
import { readProblem } from '../../api-client.ts';

/** What a stream tells, piece by piece. */
export interface ChatPiece {
  readonly text: string;
  readonly reasoning: string;
  readonly finishReason: string | null;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number; readonly cost: string | null } | null;
}

/** A stream that ended with an error in it, in the gateway's words. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';
}

interface WireChunk {
  readonly choices?: readonly {
    readonly delta?: { content?: unknown; reasoning?: unknown; reasoning_content?: unknown };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { prompt_tokens: number; completion_tokens: number; cost?: number | string | null } | null;
  readonly error?: { readonly message?: string };
}

/** Calls a model through the gateway as the signed-in member, and hands each piece on as it comes. */
export async function streamChat(body: object, signal: AbortSignal, onPiece: (piece: ChatPiece) => void): Promise<void> {
  const response = await fetch('/api/playground/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) throw await readProblem(response);
  let failure: StreamFailure | null = null;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') return;
      const chunk = JSON.parse(data) as WireChunk;
      if (chunk.error) failure = new StreamFailure(chunk.error.message ?? 'The answer broke off.');
      else onPiece(pieceOf(chunk));
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) parser.feed(read.value);
  if (failure !== null) throw failure;
}

function pieceOf({ choices, usage }: WireChunk): ChatPiece {
  const choice = choices?.[0];
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    text: text(choice?.delta?.content),
    reasoning: text(choice?.delta?.reasoning) || text(choice?.delta?.reasoning_content),
    finishReason: choice?.finish_reason ?? null,
    usage: usage ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens, cost: exactCost(usage.cost) } : null,
  };
}

/** A cost as a decimal string. JSON numbers below 1e-6 print with an exponent, which is spelled out. */
export function exactCost(cost: number | string | null | undefined): string | null {
  if (cost === null || cost === undefined) return null;
  const text = String(cost);
  const match = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (!match) return /^\d+(\.\d+)?$/.test(text) ? text : null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return `0.${'0'.repeat(Number(exponent) - 1)}${whole}${fraction}`;
}
