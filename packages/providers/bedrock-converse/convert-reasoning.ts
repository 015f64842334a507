import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit } from '../answer-limit.ts';
import type { Changes } from '../changes.ts';
import { toClaudeEffort } from '../claude-families.ts';
import { budgetOfEffort, effortOf, fitBudget, type ReasoningWish, readReasoningWish, SMALLEST_BUDGET } from '../reasoning-wish.ts';
import { type ReasoningFamily, reasoningFamilyOf, type ThinkingStyle } from './reasoning-families.ts';

export interface ConvertedReasoning {
  readonly additionalFields: Readonly<Record<string, unknown>>;
  /** For the model-agnostic `outputConfig.effort`. */
  readonly effort: string | null;
  /** True while thinking forbids a temperature of one's own. */
  readonly fixedSampling: boolean;
}

const nothing: ConvertedReasoning = { additionalFields: {}, effort: null, fixedSampling: false };

/** The thinking step in the words of the model's family; dropped, and said so, where the model is not offered for it. */
export function convertReasoning(request: ChatRequest, target: AdapterTarget, changes: Changes): ConvertedReasoning {
  const family = reasoningFamilyOf(target.providerModelId);
  const resting = { ...nothing, fixedSampling: family.claude?.samplers === 'none' };
  const wish = readReasoningWish(request);
  if (wish === null) return resting;
  if (!target.capabilities.reasoning) {
    changes.note('reasoning', "dropped, the model's Extended reasoning is off");
    return resting;
  }
  const limit = readAnswerLimit(request, target);
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
  'claude-adaptive': ({ wish, limit, family }) => ({
    additionalFields: {
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: toClaudeEffort(effortOf(wish, limit), family.claude) },
    },
    fixedSampling: true,
  }),
  'claude-budget': ({ wish, limit, family, request, changes }) => {
    const budget = fitBudget(wish.maxTokens ?? budgetOfEffort(wish.effort ?? 'medium', limit), limit);
    if (budget === null) {
      changes.note('reasoning', `dropped, thinking needs max_tokens above ${SMALLEST_BUDGET}`);
      return {};
    }
    const interleaved = family.claude?.interleavedFlag === true && (request.tools?.length ?? 0) > 0;
    return {
      additionalFields: {
        thinking: { type: 'enabled', budget_tokens: budget },
        ...(interleaved ? { anthropic_beta: ['interleaved-thinking-2025-05-14'] } : {}),
      },
      fixedSampling: true,
    };
  },
  'reasoning-effort': ({ wish, limit }) => ({ additionalFields: { reasoning_effort: effortOf(wish, limit) } }),
  'reasoning-object': ({ wish, limit }) => ({ additionalFields: { reasoning: { effort: effortOf(wish, limit) } } }),
  'output-config': ({ wish, limit }) => ({ effort: effortOf(wish, limit) }),
};
