import { type AdmittedCall, type AskedCall, type CallSize, longCacheWriteFactor, type PipelinesError } from '@pipelines/contracts';
import { calculateCost } from '@pipelines/usage';
import type { BudgetLease } from '../budgets/budget-lease.ts';
import type { RefusalReason } from '../limits-context.ts';
import { toNanoUsd } from '../usd.ts';
import type { AnswerSizes } from './answer-sizes.ts';
import { HeldCall, requestsOf } from './held-call.ts';
import type { BudgetRule, SubjectRules } from './limit-rules.ts';
import { refuseBudget, refuseConcurrent, refuseRate, refuseUnknownPrice } from './refusals.ts';

/** What calls are admitted with. */
export interface AdmissionDoors {
  readonly now: () => number;
  readonly sizes: AnswerSizes;
  readonly onRefusal: (reason: RefusalReason) => void;
}

/** The most that the log can hold: of an answer of more tokens, or of half a token, nobody could say what it costs. */
const mostAnswerTokens = 2_147_483_647;

/**
 * Lets a call out under all rules that hold for it, or says which one forbids it: the one that will do so longest. What
 * it may need is counted before it goes, so that calls at the same time cannot exceed together what none may alone.
 */
export function admitCall(doors: AdmissionDoors, asked: AskedCall, rules: readonly SubjectRules[]): AdmittedCall | Promise<AdmittedCall> {
  const nowMs = doors.now();
  const model = `${asked.organizationId}/${asked.slug}`;
  if (asked.free === true) return admitFree(doors, asked, model, rules, nowMs);
  const size = asked.size();
  const answerTokens = Math.min(Math.ceil(doors.sizes.expect(model, size)), mostAnswerTokens);
  const tokens = size.promptTokens + answerTokens;
  checkRates(doors, asked, rules, tokens, nowMs);
  const cost = estimateCost(asked, size, answerTokens);
  const budgets = rules.flatMap((rule) => rule.budgets.map((budget) => ({ rule, budget })));
  if (cost === null) checkPrices(doors, asked, budgets);
  const call = new HeldCall({ doors, model, rules, nowMs, again: asked.again, tokens });
  if (cost === null || budgets.length === 0) return call;
  return reserveCost(doors, call, budgets, toNanoUsd(cost), nowMs);
}

/** One more among the calls of the minute, and over at once. @throws PipelinesError `rate_limited` */
function admitFree(doors: AdmissionDoors, asked: AskedCall, model: string, rules: readonly SubjectRules[], nowMs: number): AdmittedCall {
  checkRates(doors, asked, rules, 0, nowMs);
  const call = new HeldCall({ doors, model, rules, nowMs, again: undefined, tokens: 0 });
  call.end();
  return call;
}

/** @throws PipelinesError `rate_limited` */
function checkRates(doors: AdmissionDoors, asked: AskedCall, rules: readonly SubjectRules[], tokens: number, nowMs: number): void {
  let longest: { readonly error: PipelinesError; readonly reason: RefusalReason; readonly seconds: number } | null = null;
  const refuse = (seconds: number, reason: RefusalReason, error: PipelinesError) => {
    if (seconds > 0 && seconds > (longest?.seconds ?? 0)) longest = { error, reason, seconds };
  };
  for (const rule of rules) {
    const { limit, counter } = rule;
    if (limit === null) continue;
    const { requestsPerMinute, tokensPerMinute, concurrentCalls } = limit;
    const isFree = asked.free === true;
    if (!isFree && concurrentCalls !== null && counter.allConcurrent >= concurrentCalls) {
      refuse(1, 'concurrent_calls', refuseConcurrent(rule, concurrentCalls));
    }
    if (requestsPerMinute !== null && requestsOf(asked.again, rule) > 0) {
      const seconds = counter.secondsUntil('requests', requestsPerMinute, 1, nowMs);
      if (seconds > 0) refuse(seconds, 'requests_per_minute', refuseRate(rule, 'requests', requestsPerMinute, 1, seconds));
    }
    if (!isFree && tokensPerMinute !== null) {
      const seconds = counter.secondsUntil('tokens', tokensPerMinute, tokens, nowMs);
      if (seconds > 0) refuse(seconds, 'tokens_per_minute', refuseRate(rule, 'tokens', tokensPerMinute, tokens, seconds));
    }
  }
  throwRefusal(doors, longest);
}

function throwRefusal(doors: AdmissionDoors, refusal: { readonly error: PipelinesError; readonly reason: RefusalReason } | null): void {
  if (refusal === null) return;
  doors.onRefusal(refusal.reason);
  throw refusal.error;
}

/**
 * As dear as it can become: all of the prompt sound, if there is any, or written to the cache; all of the answer spoken, if
 * it may be, or thought; where that costs more. How often its provider will search the web nobody can say before.
 */
function estimateCost({ prices }: AskedCall, size: CallSize, completionTokens: number): string | null {
  const { promptTokens, images } = size;
  const input = Number(prices.input);
  const output = Number(prices.output);
  const cacheWrite = Number(prices.cacheWrite);
  const reasoning = Number(prices.reasoning ?? 0);
  const isLong = size.writesLongCache && prices.cacheWrite !== null && input * longCacheWriteFactor > cacheWrite;
  const written = isLong ? input * longCacheWriteFactor : cacheWrite;
  const isHeard = size.audioIn === true && Number(prices.audioInput ?? 0) > Math.max(input, written);
  const isSpoken = size.audioOut === true && Number(prices.audioOutput ?? 0) > Math.max(output, reasoning);
  const isThought = !isSpoken && reasoning > output;
  const usage = {
    promptTokens,
    completionTokens,
    cachedTokens: null,
    cacheWriteTokens: !isHeard && written > input ? promptTokens : null,
    longCacheWriteTokens: !isHeard && isLong ? promptTokens : null,
    reasoningTokens: isThought ? completionTokens : null,
    audioInputTokens: isHeard ? promptTokens : null,
    audioOutputTokens: isSpoken ? completionTokens : null,
    providerCost: null,
  };
  return calculateCost(usage, isThought ? prices : { ...prices, reasoning: null }, images);
}

interface RuledBudget {
  readonly rule: SubjectRules;
  readonly budget: BudgetRule;
}

/** @throws PipelinesError `price_unknown` */
function checkPrices(doors: AdmissionDoors, { slug }: AskedCall, budgets: readonly RuledBudget[]): void {
  const strict = budgets.find(({ budget }) => budget.refuseUnknownPrices);
  if (strict !== undefined) throwRefusal(doors, { error: refuseUnknownPrice(strict.rule, slug), reason: 'price_unknown' });
}

/** Holds the cost in each budget; waits only where one must first ask for more. */
function reserveCost(
  doors: AdmissionDoors,
  call: HeldCall,
  budgets: readonly RuledBudget[],
  cost: number,
  nowMs: number,
): HeldCall | Promise<HeldCall> {
  for (const [index, { budget }] of budgets.entries()) {
    const lease = budget.leaseAt(nowMs);
    const reserved = lease.reserve(cost);
    if (reserved !== null) return reserveSlowly(doors, call, budgets.slice(index), { lease, reserved }, cost, nowMs);
    call.hold(lease, cost);
  }
  return call;
}

interface Asked {
  readonly lease: BudgetLease;
  readonly reserved: ReturnType<BudgetLease['reserve']>;
}

/** @throws PipelinesError `budget_exceeded`, `unavailable`; nothing is held then */
async function reserveSlowly(
  doors: AdmissionDoors,
  call: HeldCall,
  budgets: readonly RuledBudget[],
  first: Asked,
  cost: number,
  nowMs: number,
): Promise<HeldCall> {
  try {
    let asked: Asked = first;
    for (const [index, { rule, budget }] of budgets.entries()) {
      if (index > 0) {
        const lease = budget.leaseAt(nowMs);
        asked = { lease, reserved: lease.reserve(cost) };
      }
      const shortage = await asked.reserved;
      if (shortage !== null) throw refuseBudget(rule, budget, cost, shortage.left, nowMs);
      call.hold(asked.lease, cost);
    }
    return call;
  } catch (error) {
    call.takeBack();
    doors.onRefusal((error as PipelinesError).code === 'budget_exceeded' ? 'budget' : 'unavailable');
    throw error;
  }
}
