import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import type { Quirks } from '../quirks.ts';
import { budgetOfEffort, effortOfBudget, type ReasoningWish, readReasoningWish, SMALLEST_BUDGET } from '../reasoning-wish.ts';
import type { Patch } from './patch.ts';

const reasoningFields = [
  'reasoning',
  'reasoning_effort',
  'thinking',
  'thinking_token_budget',
  'include_reasoning',
  'reasoning_history',
] as const;

/** Asks for the thinking step in the words of this wire, or not at all where the model is not offered for it. */
export function mapReasoning(request: ChatRequest, target: AdapterTarget, patch: Patch): void {
  if (!target.capabilities.reasoning) {
    for (const field of reasoningFields) {
      if (Object.hasOwn(request, field)) patch.remove(field, "dropped, the model's Extended reasoning is off");
    }
    return;
  }
  const format = target.quirks.reasoningFormat ?? 'generic';
  if (format === 'openrouter') return;
  const wish = readReasoningWish(request);
  if (wish === null) return;
  const limit = request.max_completion_tokens ?? request.max_tokens ?? target.maxTokens;
  writers[format](shapeWish(wish, target, limit), patch, request, limit);
}

/** The wish in the shape that the model takes, where the registry knows it. */
function shapeWish(wish: ReasoningWish, target: AdapterTarget, limit: number | null): ReasoningWish {
  if (target.reasoningParameter === 'effort' && wish.maxTokens !== null) {
    return { ...wish, effort: wish.effort ?? effortOfBudget(wish.maxTokens, limit), maxTokens: null };
  }
  if (target.reasoningParameter === 'max_tokens' && wish.maxTokens === null && wish.effort !== null && wish.effort !== 'none') {
    return { ...wish, effort: null, maxTokens: budgetOfEffort(wish.effort, limit) };
  }
  return wish;
}

type Writer = (wish: ReasoningWish, patch: Patch, request: ChatRequest, limit: number | null) => void;

const writers: Readonly<Record<Exclude<NonNullable<Quirks['reasoningFormat']>, 'openrouter'>, Writer>> = {
  openai: (wish, patch, request, limit) => writeEffort(effortOf(wish, limit), patch, request, 'reasoning_effort'),

  fireworks: (wish, patch, request, limit) => {
    const budget = wish.maxTokens === null ? null : fitBudget(wish.maxTokens, limit);
    if (budget === null) return writeEffort(effortOf(wish, limit), patch, request, 'reasoning_effort');
    patch.set('thinking', { type: 'enabled', budget_tokens: budget });
    dropObject(patch, request, 'sent as thinking');
    if (Object.hasOwn(request, 'reasoning_effort')) patch.remove('reasoning_effort', 'dropped, a budget is given');
  },

  together: (wish, patch, request, limit) => {
    const effort = effortOf(wish, limit);
    const enabled = effort !== 'none';
    patch.set('reasoning', { enabled }, request.reasoning == null ? null : 'rewritten for this provider');
    if (enabled) patch.set('reasoning_effort', togetherEffort(effort));
    else if (Object.hasOwn(request, 'reasoning_effort')) patch.remove('reasoning_effort', null);
  },

  // A gateway behind the endpoint may read `reasoning`, so one that the caller sent stays.
  generic: (wish, patch, request) => {
    if (wish.maxTokens !== null) {
      if (request.thinking_token_budget === undefined) patch.set('thinking_token_budget', wish.maxTokens);
      return;
    }
    const effort = wish.enabled ? wish.effort : 'none';
    if (effort !== null && request.reasoning_effort !== effort) patch.set('reasoning_effort', effort);
  },
};

function writeEffort(effort: string, patch: Patch, request: ChatRequest, field: string): void {
  if (request[field] !== effort) patch.set(field, effort);
  dropObject(patch, request, `sent as ${field}`);
}

function dropObject(patch: Patch, request: ChatRequest, change: string): void {
  if (Object.hasOwn(request, 'reasoning')) patch.remove('reasoning', change);
}

function effortOf(wish: ReasoningWish, limit: number | null): string {
  if (!wish.enabled) return 'none';
  return wish.effort ?? (wish.maxTokens === null ? 'medium' : effortOfBudget(wish.maxTokens, limit));
}

function togetherEffort(effort: string): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}

/** A budget must leave room for the answer, and has a smallest size; null where both cannot be. */
function fitBudget(budget: number, limit: number | null): number | null {
  const wanted = Math.max(budget, SMALLEST_BUDGET);
  const fitting = limit === null ? wanted : Math.min(wanted, limit - 1);
  return fitting >= SMALLEST_BUDGET ? fitting : null;
}
