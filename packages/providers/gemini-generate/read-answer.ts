import type { ReasoningDetail } from '@pipelines/contracts';
import type { AdapterTarget, RawResponse, ReadAnswer } from '../adapter.ts';
import { toReasoningDetail } from '../signed-thoughts.ts';
import { parseAnswerObject, type SaidMessage, toReadAnswer } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { readGenerateUsage } from './generate-usage.ts';
import { readCandidate, type SaidPart } from './read-candidate.ts';
import { toFinishReason } from './stop-reason.ts';
import { toExtraContent, toSignatureDetail } from './thought-signatures.ts';

/** Generated content as a chat completion. */
export function readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer {
  const answer = parseAnswerObject(response);
  if (answer.error !== undefined) throw classifyInBandError(answer);
  const candidate = readCandidate(answer);
  if (candidate === null) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const said = toSaid(candidate.parts);
  const finishReason = toFinishReason(candidate.finishReason, said.toolCalls.length > 0);
  return toReadAnswer(target.providerModelId, said, finishReason, readGenerateUsage(answer.usageMetadata));
}

function toSaid(parts: readonly SaidPart[]): SaidMessage {
  const textOf = (kind: SaidPart['kind']): string => parts.map((part) => (part.kind === kind && 'text' in part ? part.text : '')).join('');
  const details = parts.flatMap(toDetails).map((detail, index) => ({ ...detail, index }));
  const signature = parts.findLast((part) => part.kind !== 'call' && part.signature !== undefined)?.signature;
  return {
    text: textOf('text'),
    toolCalls: parts.flatMap((part) => (part.kind === 'call' ? [part.call] : [])),
    thoughts: details.length === 0 ? null : { text: textOf('thought'), details },
    extra: toExtraContent(signature),
  };
}

/** A thought in words, and a signature by itself: each is a detail. */
export function toDetails(part: SaidPart): ReasoningDetail[] {
  return [
    ...(part.kind === 'thought' ? [toReasoningDetail({ text: part.text }, 0)] : []),
    ...(part.signature === undefined ? [] : [toSignatureDetail(part.signature, part.kind === 'call' ? part.call.id : null, 0)]),
  ];
}
