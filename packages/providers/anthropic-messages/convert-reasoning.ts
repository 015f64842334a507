import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit } from '../answer-limit.ts';
import type { Changes } from '../changes.ts';
import { type ClaudeFamily, toClaudeEffort } from '../claude-families.ts';
import { budgetOfEffort, effortOf, fitBudget, type ReasoningWish, readReasoningWish, SMALLEST_BUDGET } from '../reasoning-wish.ts';
import { forcesTool } from './convert-tools.ts';
import type { Thinking } from './messages-types.ts';

export interface ConvertedReasoning {
  readonly thinking: Thinking | null;
  readonly effort: string | null;
  /** The answer's limit, thinking included: Anthropic needs one in any case. */
  readonly maxTokens: number;
}

/** Room for the answer itself beside a budget that was named without a limit. */
const ANSWER_ROOM = 8_192;

/** The thinking step in the words of the model's family; dropped, and said so, where it cannot be. */
export function convertReasoning(
  request: ChatRequest,
  target: AdapterTarget,
  family: ClaudeFamily,
  thoughtsLost: boolean,
  changes: Changes,
): ConvertedReasoning {
  const asked = readAnswerLimit(request, target);
  const wish = readReasoningWish(request);
  const maxTokens = asked ?? Math.max(family.usualLimit, wish?.maxTokens ? wish.maxTokens + ANSWER_ROOM : 0);
  const resting: ConvertedReasoning = { thinking: null, effort: null, maxTokens };
  if (wish === null) return resting;
  if (!target.capabilities.reasoning) return drop("the model's Extended reasoning is off");
  // A model that decides by itself thinks unless it is told not to.
  if (!wish.enabled) return family.thinking === 'adaptive' ? { ...resting, thinking: { type: 'disabled' } } : resting;
  if (forcesTool(request)) return drop('it cannot be combined with a forced tool');
  if (usesBudget(wish, target, family)) {
    if (thoughtsLost) return drop('the earlier tool calls came back without their reasoning_details');
    const budget = fitBudget(wish.maxTokens ?? budgetOfEffort(wish.effort ?? 'medium', maxTokens), maxTokens);
    if (budget === null) return drop(`thinking needs max_tokens above ${SMALLEST_BUDGET}`);
    return { ...resting, thinking: { type: 'enabled', budget_tokens: budget } };
  }
  const display = request.reasoning?.exclude === true ? 'omitted' : 'summarized';
  return { ...resting, thinking: { type: 'adaptive', display }, effort: toClaudeEffort(effortOf(wish, maxTokens), family) };

  function drop(why: string): ConvertedReasoning {
    changes.note('reasoning', `dropped, ${why}`);
    return resting;
  }
}

/** Where both ways are open, a budget is taken for those who name one. */
function usesBudget(wish: ReasoningWish, target: AdapterTarget, family: ClaudeFamily): boolean {
  if (family.thinking !== 'either') return family.thinking === 'budget';
  return wish.effort === null ? wish.maxTokens !== null : target.reasoningParameter === 'max_tokens';
}
