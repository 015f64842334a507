import type { AdapterTarget, RawResponse, ReadAnswer } from '../adapter.ts';
import { toReasoningDetail } from '../signed-thoughts.ts';
import { toToolCall } from '../tool-calls.ts';
import { parseAnswerObject, type SaidMessage, toReadAnswer } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { readMessagesUsage } from './messages-usage.ts';
import { toFinishReason } from './stop-reason.ts';

/** A block of an answer: its `type` says which of the others there are. */
interface AnswerBlock {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly input?: unknown;
  readonly thinking?: unknown;
  readonly signature?: unknown;
  readonly data?: unknown;
}

/** A message of Anthropic's as a chat completion. */
export function readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer {
  const answer = parseAnswerObject(response);
  if (answer.type === 'error') throw classifyInBandError(answer);
  const { content } = answer;
  if (!Array.isArray(content)) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const blocks = content.filter((block) => typeof block === 'object' && block !== null);
  return toReadAnswer(target.providerModelId, toSaid(blocks), toFinishReason(answer.stop_reason), readMessagesUsage(answer.usage));
}

function toSaid(blocks: readonly AnswerBlock[]): SaidMessage {
  const of = (...types: string[]) => blocks.filter((block) => types.includes(String(block.type)));
  const thoughts = of('thinking', 'redacted_thinking');
  return {
    text: joined(of('text'), 'text'),
    toolCalls: of('tool_use').map((block) => toToolCall(String(block.id), block.name, block.input)),
    thoughts:
      thoughts.length === 0
        ? null
        : { text: joined(thoughts, 'thinking'), details: thoughts.map((block, index) => toReasoningDetail(thoughtOf(block), index)) },
  };
}

function joined(blocks: readonly AnswerBlock[], field: 'text' | 'thinking'): string {
  return blocks.map((block) => textOf(block[field]) ?? '').join('');
}

function thoughtOf({ thinking, signature, data }: AnswerBlock): Parameters<typeof toReasoningDetail>[0] {
  return { text: textOf(thinking), signature: textOf(signature), data: textOf(data) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
