import type { ChatRequest } from '@pipelines/contracts';
import type { Ask, AskedModel } from './ask-model.ts';
import { type Judged, judged, judgeError } from './judge.ts';

const budgetTokens = 1_024;
const largeBudgetTokens = 2_048;
/** Thinking counts towards the answer, so there must be room for it. */
const answerTokens = 3_000;
/** A model is never twice the same: only a difference that is larger counts. */
const clearly = 1.3;
const riddle =
  'A farmer has 17 sheep. All but 9 run away, then he buys 3 times as many as are left. How many has he? Answer with the number.';

/** What the two parameters change, compared with a call that says nothing of thinking. */
export async function checkReasoning(ask: Ask): Promise<readonly [effort: Judged, budget: Judged]> {
  const plain = await askRiddle(ask, {});
  const low = await askRiddle(ask, { effort: 'low' });
  const high = low.error === null ? await askRiddle(ask, { effort: 'high' }) : low;
  const effort = judgeError('reasoning_effort', low) ?? judgeChange('reasoning_effort', plain, low, high);
  const small = await askRiddle(ask, { max_tokens: budgetTokens });
  const large = small.error === null ? await askRiddle(ask, { max_tokens: largeBudgetTokens }) : small;
  const budget = judgeError('reasoning_max_tokens', small) ?? judgeChange('reasoning_max_tokens', plain, small, large);
  return [effort, budget];
}

function askRiddle(ask: Ask, reasoning: { effort?: string; max_tokens?: number }): Promise<AskedModel> {
  const asks = Object.keys(reasoning).length > 0;
  const request: Omit<ChatRequest, 'model'> = {
    messages: [{ role: 'user', content: riddle }],
    max_tokens: answerTokens,
    ...(asks && { reasoning }),
  };
  return ask(request, asks ? { reasoningParameter: 'effort' in reasoning ? 'effort' : 'max_tokens' } : {});
}

function judgeChange(name: 'reasoning_effort' | 'reasoning_max_tokens', plain: AskedModel, less: AskedModel, more: AskedModel): Judged {
  const asked = [plain, less, more];
  const [none, little, much] = asked.map(thoughtOf) as [number, number, number];
  if (little === 0 && much === 0) return judged(name, 'ignored', 'It was taken, and no thinking came of it.', asked);
  if (plain.error === null && none === 0) return judged(name, 'works', 'It made the model think.', asked);
  if (much > little * clearly) return judged(name, 'works', 'More of it made the model think more.', asked);
  return judged(name, 'ignored', 'The model thinks, and it made no difference.', asked);
}

/** Tokens of thinking where they are told, else its length in words. */
function thoughtOf({ usage, thinking }: AskedModel): number {
  return usage?.reasoningTokens || thinking.split(/\s+/).filter((word) => word !== '').length;
}
