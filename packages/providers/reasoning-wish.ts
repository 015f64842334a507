import type { ChatRequest } from '@pipelines/contracts';

/** What a caller asked of the thinking step, whichever field said it. */
export interface ReasoningWish {
  /** False: no thinking at all. */
  readonly enabled: boolean;
  readonly effort: string | null;
  /** A budget in tokens. */
  readonly maxTokens: number | null;
}

/** Reads `reasoning_effort` and `reasoning {effort, max_tokens, enabled}`; null where neither asks for anything. */
export function readReasoningWish(request: ChatRequest): ReasoningWish | null {
  const object = typeof request.reasoning === 'object' ? request.reasoning : null;
  const effort = textOf(object?.effort) ?? textOf(request.reasoning_effort);
  const maxTokens = positiveInteger(object?.max_tokens);
  if (effort === null && maxTokens === null && typeof object?.enabled !== 'boolean') return null;
  return { enabled: object?.enabled !== false && effort !== 'none', effort, maxTokens };
}

/** The share of the answer that each effort stands for. */
const shares: Readonly<Record<string, number>> = { minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.9, max: 0.95 };
const USUAL_LIMIT = 16_384;
/** The smallest budget in tokens that is a budget at all. */
export const SMALLEST_BUDGET = 1024;

/** A budget in tokens for an effort, as a share of the answer's limit. */
export function budgetOfEffort(effort: string, limit: number | null): number {
  return Math.max(SMALLEST_BUDGET, Math.floor((limit ?? USUAL_LIMIT) * (shares[effort] ?? 0.5)));
}

/** The effort whose share is nearest to a budget. */
export function effortOfBudget(budget: number, limit: number | null): string {
  const share = budget / (limit ?? USUAL_LIMIT);
  if (share >= 0.65) return 'high';
  return share >= 0.35 ? 'medium' : 'low';
}

/** The answer's limit must exceed the budget, and the budget has a smallest size; null where both cannot be. */
export function fitBudget(budget: number, limit: number | null): number | null {
  if (limit === null) return Math.max(budget, SMALLEST_BUDGET);
  const fitting = Math.min(budget, limit - 1);
  return fitting >= SMALLEST_BUDGET ? fitting : limit > SMALLEST_BUDGET ? SMALLEST_BUDGET : null;
}

/** The effort in words: as asked for, or the one nearest to a budget. */
export function effortOf(wish: ReasoningWish, limit: number | null): string {
  return wish.effort ?? (wish.maxTokens === null ? 'medium' : effortOfBudget(wish.maxTokens, limit));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function positiveInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
