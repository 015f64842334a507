import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit } from '../answer-limit.ts';
import type { Changes } from '../changes.ts';
import { budgetOfEffort, effortOf, type ReasoningWish, readReasoningWish } from '../reasoning-wish.ts';
import { type GeminiFamily, toThinkingLevel } from './gemini-families.ts';
import type { ThinkingConfig } from './gemini-types.ts';

/** The thinking step in the words of the model's family; dropped, and said so, where it cannot be. */
export function convertReasoning(
  request: ChatRequest,
  target: AdapterTarget,
  { thinking }: GeminiFamily,
  changes: Changes,
): ThinkingConfig | null {
  const wish = readReasoningWish(request);
  if (wish === null) return null;
  if (!target.capabilities.reasoning) {
    changes.note('reasoning', "dropped, the model's Extended reasoning is off");
    return null;
  }
  if (thinking.kind === 'none') {
    if (wish.enabled) changes.note('reasoning', 'dropped, this model has no thinking step');
    return null;
  }
  if (!wish.enabled) return rest(thinking, changes);
  const limit = readAnswerLimit(request, target);
  const shown = request.reasoning?.exclude === true ? {} : ({ includeThoughts: true } as const);
  if (thinking.kind === 'levels') return { ...shown, thinkingLevel: toThinkingLevel(effortOf(wish, limit), thinking.levels) };
  return { ...shown, thinkingBudget: fitBudget(wish, limit, thinking) };
}

type Thinking = Exclude<GeminiFamily['thinking'], { readonly kind: 'none' }>;

/** As little thinking as the model lets one ask for. */
function rest(thinking: Thinking, changes: Changes): ThinkingConfig {
  if (thinking.kind === 'budget' && thinking.off) return { thinkingBudget: 0 };
  changes.note('reasoning', 'lowered, this model always thinks');
  return thinking.kind === 'budget' ? { thinkingBudget: thinking.min } : { thinkingLevel: toThinkingLevel('minimal', thinking.levels) };
}

/** Thoughts count as part of the answer: a budget beyond its limit would leave nothing to say. */
function fitBudget(wish: ReasoningWish, limit: number | null, { min, max }: Extract<Thinking, { readonly kind: 'budget' }>): number {
  const wanted = wish.maxTokens ?? budgetOfEffort(wish.effort ?? 'medium', limit);
  return Math.min(max, Math.max(min, limit === null ? wanted : Math.min(wanted, limit - 1)));
}
