import type { AttemptStart } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { SpokenRequest } from './dialects/dialect.ts';
import { bytesPerToken } from './estimate-rates.ts';
import { estimateSize } from './estimate-size.ts';

/** Up to here the length of a body says enough: what may be attached is small, too. */
const fewBytes = 32 * 1024;
/** Where neither the caller nor the model says how long an answer may be. */
const usualAnswer = 1_024;

/** About how many tokens a call may take: what its cost is estimated by, should nobody ever learn it. Every call is asked. */
export function expectTokens(
  request: Pick<SpokenRequest, 'chat' | 'native'>,
  model: Pick<ResolvedModel, 'task' | 'target' | 'listing' | 'prices'>,
): NonNullable<AttemptStart['expectedTokens']> {
  const { value, bytes } = request.chat;
  if (bytes.length > fewBytes) {
    const { promptTokens, askedTokens, longestTokens } = estimateSize(request, model);
    return { prompt: promptTokens, answer: answerOf(model, askedTokens, longestTokens) };
  }
  const asked = value.max_completion_tokens ?? value.max_tokens ?? null;
  return { prompt: Math.ceil(bytes.length / bytesPerToken), answer: answerOf(model, asked, model.target.maxTokens) };
}

function answerOf({ task }: Pick<ResolvedModel, 'task'>, asked: number | null, longest: number | null): number {
  if (task === 'embeddings') return 0;
  return asked ?? Math.min(longest ?? usualAnswer, usualAnswer);
}
