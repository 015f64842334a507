import { randomUUID } from 'node:crypto';
import type { ToolCall } from '@pipelines/contracts';
import { toToolCall } from '../tool-calls.ts';
import { UpstreamError } from '../upstream-error.ts';
import { toExtraContent } from './thought-signatures.ts';

/** One thing that a model says: a thought, a text or a call, and the signature that came with it. */
export type SaidPart =
  | { readonly kind: 'thought' | 'text'; readonly text: string; readonly signature: string | undefined }
  | { readonly kind: 'call'; readonly call: ToolCall; readonly signature: string | undefined };

/** What an answer, or one event of a stream, says. */
export interface Candidate {
  readonly parts: readonly SaidPart[];
  readonly finishReason: unknown;
}

/** The first candidate; null where there is none. Throws `content_blocked` where the prompt was refused. */
export function readCandidate(answer: Readonly<Record<string, unknown>>): Candidate | null {
  const candidates = Array.isArray(answer.candidates) ? answer.candidates.map(fieldsOf) : [];
  const [candidate] = candidates;
  if (candidate === undefined) {
    if (fieldsOf(answer.promptFeedback).blockReason !== undefined) throw new UpstreamError('content_blocked', { detail: 'prompt' });
    return null;
  }
  const { parts } = fieldsOf(candidate.content);
  const said = Array.isArray(parts) ? parts.flatMap((part) => readPart(fieldsOf(part))) : [];
  return { parts: said, finishReason: candidate.finishReason };
}

function readPart(part: Fields): SaidPart[] {
  const signature = typeof part.thoughtSignature === 'string' ? part.thoughtSignature : undefined;
  if (typeof part.text === 'string') return [{ kind: part.thought === true ? 'thought' : 'text', text: part.text, signature }];
  if (part.functionCall === undefined) return [];
  const { id, name, args } = fieldsOf(part.functionCall);
  // Older models give a call no ID, and OpenAI's clients need one.
  const call = toToolCall(typeof id === 'string' && id !== '' ? id : `call_${randomUUID()}`, name, args);
  return [{ kind: 'call', call: { ...call, ...toExtraContent(signature) }, signature }];
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
