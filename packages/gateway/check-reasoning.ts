import { type ChatRequest, PipelinesError } from '@pipelines/contracts';
import { adapters, readAnswerLimit } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';

/** The words that any wire knows; each is said in those of the model. */
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * Refuses a wish for thinking that the model cannot have been meant for, instead of guessing another one.
 * @throws PipelinesError `unsupported_parameter`
 */
export function checkReasoning(model: ResolvedModel, request: ChatRequest): void {
  const { reasoning_effort: effort, reasoning } = request;
  if (effort == null && reasoning == null) return;
  if (effort != null) checkEffort(model, effort, 'reasoning_effort');
  if (reasoning?.effort != null) checkEffort(model, reasoning.effort, 'reasoning.effort');
  if (reasoning?.max_tokens != null && reasoning.enabled !== false) checkBudget(model, request, reasoning.max_tokens);
}

function checkEffort({ slug, reasoningEfforts }: ResolvedModel, effort: unknown, param: string): void {
  const offered = reasoningEfforts ?? efforts;
  if (effort === 'none' || offered.includes(effort as string)) return;
  throw new PipelinesError('unsupported_parameter', {
    detail: `The model "${slug}" knows no such effort of thinking as "${param}" asks for.`,
    fix: `Ask for ${formatList(offered.includes('none') ? offered : ['none', ...offered])}.`,
    param,
  });
}

function checkBudget({ slug, protocol, target }: ResolvedModel, request: ChatRequest, budget: unknown): void {
  const { min, max } = adapters[protocol].budgetRange?.(target) ?? { min: 1, max: null };
  const limit = readAnswerLimit(request, target);
  const most = Math.min(max ?? Number.MAX_SAFE_INTEGER, limit === null ? Number.MAX_SAFE_INTEGER : limit - 1);
  if (typeof budget === 'number' && Number.isSafeInteger(budget) && budget >= min && budget <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${most}`;
  throw new PipelinesError('unsupported_parameter', {
    detail: `"reasoning.max_tokens" is no thinking budget that the model "${slug}" can have here: it is a whole number of tokens ${range}, less than the whole answer.`,
    fix: most < min ? `Allow an answer of more than ${min} tokens, or leave the budget out.` : `Ask for a budget ${range}.`,
    param: 'reasoning.max_tokens',
  });
}

function formatList(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
