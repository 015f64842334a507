import { capabilityNames } from '@pipelines/contracts';
import { type ChangedModel, lostCapabilities } from './changed-model.ts';
import type { StepJudgement } from './judge-step.ts';

export interface KeyUse {
  /** The slugs that the key is limited to; null: it may call every model. */
  readonly allowedModels: readonly string[] | null;
  /** Whether it has called the model lately. */
  readonly calls: number;
}

/** What a change of a model does to an API key that may call it. Null: nothing that it would notice. */
export function judgeApiKey(change: ChangedModel, { allowedModels, calls }: KeyUse): StepJudgement | null {
  const { slug, ending, moves } = change;
  const isOnly = allowedModels?.length === 1 && allowedModels[0] === slug;
  if (ending !== null) {
    if (isOnly) return { effect: 'breaks', reasons: [ending, 'The key may call no other model.'] };
    if (calls > 0) return { effect: 'breaks', reasons: [ending, 'The key has called it lately.'] };
    return { effect: 'changes', reasons: [ending, 'The key is limited to some models, of which this is one.'] };
  }
  if (calls === 0) return null;
  const lost = lostCapabilities(change).map((capability) => `Calls that use ${capabilityNames[capability]} are refused.`);
  if (lost.length > 0 || moves.length > 0) return { effect: 'may_break', reasons: [...moves, ...lost] };
  const { before, after } = change;
  if (after.max_tokens !== null && (before.max_tokens === null || after.max_tokens < before.max_tokens))
    return { effect: 'changes', reasons: [`Answers end after ${after.max_tokens.toLocaleString('en')} tokens.`] };
  return null;
}
