import type { AttemptStart } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { SpokenRequest } from './dialects/dialect.ts';
import { bytesPerToken } from './estimate-rates.ts';
import { estimatePrompt, readAnswerLimits } from './estimate-size.ts';

/** Up to here the length of a body says enough: what may be attached is small, too. */
const fewBytes = 32 * 1024;
/** Where neither the caller nor the model says how long an answer may be. */
const usualAnswer = 1_024;

/** About how many tokens a call may take: what its cost is estimated by, should nobody ever learn it. Every call is asked that no budget holds. */
export function expectTokens(
  request: Pick<SpokenRequest, 'chat' | 'native'>,
  model: Pick<ResolvedModel, 'task' | 'target' | 'listing'>,
): NonNullable<AttemptStart['expectedTokens']> {
  const { value, bytes } = request.chat;
  const prompt = bytes.length > fewBytes ? estimatePrompt(request).promptTokens : Math.ceil(bytes.length / bytesPerToken);
  if (model.task === 'embeddings') return { prompt, answer: 0 };
  const { askedTokens, longestTokens } = readAnswerLimits(value, model);
  return { prompt, answer: askedTokens ?? Math.min(longestTokens ?? usualAnswer, usualAnswer) };
}
