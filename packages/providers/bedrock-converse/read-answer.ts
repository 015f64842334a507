import type { AdapterTarget, RawResponse, ReadAnswer } from '../adapter.ts';
import { toReasoningDetail } from '../signed-thoughts.ts';
import { toToolCall } from '../tool-calls.ts';
import { parseAnswerObject, type SaidMessage, toReadAnswer } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import type { ReasoningContent } from './converse-types.ts';
import { readConverseUsage } from './converse-usage.ts';
import { toFinishReason } from './stop-reason.ts';

interface AnswerBlock {
  readonly text?: unknown;
  readonly toolUse?: { readonly toolUseId?: unknown; readonly name?: unknown; readonly input?: unknown };
  readonly reasoningContent?: ReasoningContent;
}

interface ConverseAnswer {
  readonly output?: { readonly message?: { readonly content?: unknown } };
  readonly stopReason?: unknown;
  readonly usage?: unknown;
  readonly serviceTier?: unknown;
}

/** A Converse answer as a chat completion. */
export function readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer {
  const answer = parseAnswerObject(response) as ConverseAnswer;
  const blocks = answer.output?.message?.content;
  if (!Array.isArray(blocks)) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const usage = readConverseUsage(answer.usage, answer.serviceTier);
  return toReadAnswer(target.providerModelId, toSaid(blocks), toFinishReason(answer.stopReason), usage);
}

function toSaid(blocks: readonly AnswerBlock[]): SaidMessage {
  const uses = blocks.flatMap((block) => (block.toolUse === undefined ? [] : [block.toolUse]));
  const thoughts = blocks.flatMap((block) => (block.reasoningContent === undefined ? [] : [block.reasoningContent]));
  return {
    text: blocks.map((block) => (typeof block.text === 'string' ? block.text : '')).join(''),
    toolCalls: uses.map((use) => toToolCall(String(use.toolUseId), use.name, use.input)),
    thoughts:
      thoughts.length === 0
        ? null
        : {
            text: thoughts.map((thought) => thought.reasoningText?.text ?? '').join(''),
            details: thoughts.map((thought, index) =>
              toReasoningDetail({ ...thought.reasoningText, data: thought.redactedContent }, index),
            ),
          },
  };
}
