import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { budgetOfEffort, effortOfBudget, type ReasoningWish, readReasoningWish } from '../reasoning-wish.ts';
import type { Changes } from './changes.ts';
import { type ReasoningFamily, reasoningFamilyOf, type ThinkingStyle } from './reasoning-families.ts';

export interface ConvertedReasoning {
  readonly additionalFields: Readonly<Record<string, unknown>>;
  /** For the model-agnostic `outputConfig.effort`. */
  readonly effort: string | null;
  /** True while thinking forbids a temperature of one's own. */
  readonly fixedSampling: boolean;
}

const SMALLEST_BUDGET = 1024;
const nothing: ConvertedReasoning = { additionalFields: {}, effort: null, fixedSampling: false };

/** The thinking step in the words of the model's family; dropped, and said so, where the model is not offered for it. */
export function convertReasoning(request: ChatRequest, target: AdapterTarget, changes: Changes): ConvertedReasoning {
  const family = reasoningFamilyOf(target.providerModelId);
  const resting = { ...nothing, fixedSampling: family.sampling === false };
  const wish = readReasoningWish(request);
  if (wish === null) return resting;
  if (!target.capabilities.reasoning) {
    changes.note('reasoning', "dropped, the model's Extended reasoning is off");
    return resting;
  }
  const limit = request.max_completion_tokens ?? request.max_tokens ?? target.maxTokens;
  return wish.enabled ? { ...resting, ...writers[family.style]({ wish, limit, family, request, changes }) } : resting;
}

interface Context {
  readonly wish: ReasoningWish;
  readonly limit: number | null;
  readonly family: ReasoningFamily;
  readonly request: ChatRequest;
  readonly changes: Changes;
}

const writers: Readonly<Record<ThinkingStyle, (context: Context) => Partial<ConvertedReasoning>>> = {
  'claude-adaptive': (context) => ({
    additionalFields: { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: claudeEffort(effortOf(context)) } },
    fixedSampling: true,
  }),
  'claude-budget': ({ wish, limit, family, request, changes }) => {
    const budget = fitBudget(wish.maxTokens ?? budgetOfEffort(wish.effort ?? 'medium', limit), limit);
    if (budget === null) {
      changes.note('reasoning', `dropped, thinking needs max_tokens above ${SMALLEST_BUDGET}`);
      return {};
    }
    const interleaved = family.interleavedFlag === true && (request.tools?.length ?? 0) > 0;
    return {
      additionalFields: {
        thinking: { type: 'enabled', budget_tokens: budget },
        ...(interleaved ? { anthropic_beta: ['interleaved-thinking-2025-05-14'] } : {}),
      },
      fixedSampling: true,
    };
  },
  'reasoning-effort': (context) => ({ additionalFields: { reasoning_effort: effortOf(context) } }),
  'reasoning-object': (context) => ({ additionalFields: { reasoning: { effort: effortOf(context) } } }),
  'output-config': (context) => ({ effort: effortOf(context) }),
};

function effortOf({ wish, limit }: Context): string {
  return wish.effort ?? (wish.maxTokens === null ? 'medium' : effortOfBudget(wish.maxTokens, limit));
}

function claudeEffort(effort: string): string {
  return effort === 'minimal' ? 'low' : effort;
}

/** The answer's limit must exceed the budget, and the budget has a smallest size. */
function fitBudget(budget: number, limit: number | null): number | null {
  const fitting = limit === null ? budget : Math.min(budget, limit - 1);
  if (limit === null) return Math.max(fitting, SMALLEST_BUDGET);
  return fitting >= SMALLEST_BUDGET ? fitting : limit > SMALLEST_BUDGET ? SMALLEST_BUDGET : null;
}
