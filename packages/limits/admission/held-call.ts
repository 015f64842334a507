import type { AdmittedCall, AskedCall, SettledAttempt } from '@pipelines/contracts';
import type { BudgetLease } from '../budgets/budget-lease.ts';
import { fromNanoUsd, toNanoUsd } from '../usd.ts';
import type { AnswerSizes } from './answer-sizes.ts';
import { minuteOf, type Rate } from './call-counter.ts';
import type { SubjectRules } from './limit-rules.ts';

export interface HeldCallOptions {
  readonly doors: { readonly now: () => number; readonly sizes: AnswerSizes };
  /** Organization and slug as one text. */
  readonly model: string;
  readonly rules: readonly SubjectRules[];
  readonly nowMs: number;
  /** Where the call was counted before. */
  readonly again: AskedCall['again'];
  /** What it may need of them. */
  readonly tokens: number;
}

/** A call that is counted and paid for in advance, until it is known what it was. */
export class HeldCall implements AdmittedCall {
  readonly #options: HeldCallOptions;
  readonly #minute: number;
  /** What is counted for it so far. */
  #tokens: number;
  /** An attempt has taken the estimate's place, or proved it to be needed. */
  #hasUsed = false;
  #leases: BudgetLease[] = [];
  #cost = 0;
  #reserved = 0;
  #ended = false;

  constructor(options: HeldCallOptions) {
    this.#options = options;
    this.#minute = minuteOf(options.nowMs);
    this.#tokens = options.tokens;
    for (const rule of options.rules) rule.counter.begin(options.nowMs, requestsOf(options.again, rule), options.tokens);
  }

  get reservedCost(): string | null {
    return this.#leases.length === 0 ? null : fromNanoUsd(this.#cost);
  }

  get headers(): Readonly<Record<string, string>> | null {
    if (!this.#options.rules.some(({ limit }) => limit !== null)) return null;
    return { ...this.#headersOf('requests'), ...this.#headersOf('tokens') };
  }

  get isSpent(): boolean {
    return this.#reserved < this.#cost;
  }

  /** The lease has reserved so much for it. */
  hold(lease: BudgetLease, cost: number): void {
    this.#leases.push(lease);
    this.#cost = cost;
    this.#reserved = cost;
  }

  settle({ usage, cost, free }: SettledAttempt): void {
    if (free) return;
    const { doors, model, tokens } = this.#options;
    if (usage !== null) doors.sizes.note(model, usage.completionTokens);
    // As the log counts it: what nobody can tell is what it was taken for.
    this.#countTokens(usage === null ? tokens : usage.promptTokens + usage.completionTokens);
    if (this.#leases.length === 0) return;
    const spent = cost === null ? this.#cost : toNanoUsd(cost);
    const covered = Math.min(this.#reserved, spent);
    this.#reserved -= covered;
    for (const lease of this.#leases) {
      lease.release(covered);
      lease.spend(spent);
    }
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    // Nothing was asked of a provider, or none has answered: no tokens are counted.
    if (!this.#hasUsed) this.#countTokens(0);
    for (const lease of this.#leases) lease.release(this.#reserved);
    this.#reserved = 0;
    for (const { counter } of this.#options.rules) counter.end();
  }

  /** It has not gone out: as if it had never been. */
  takeBack(): void {
    const nowMs = this.#options.doors.now();
    for (const rule of this.#options.rules) rule.counter.correct(this.#minute, nowMs, -requestsOf(this.#options.again, rule), 0);
    this.end();
  }

  /** Of an attempt: the first one's stand in the place of the estimate. */
  #countTokens(tokens: number): void {
    const nowMs = this.#options.doors.now();
    const more = this.#hasUsed ? tokens : tokens - this.#tokens;
    for (const { counter } of this.#options.rules) counter.correct(this.#minute, nowMs, 0, more);
    this.#tokens += more;
    this.#hasUsed = true;
  }

  /** As OpenAI's clients know them: of the limit of which the least is left. */
  #headersOf(rate: Rate): Record<string, string> {
    const nowMs = this.#options.doors.now();
    let least: { readonly limit: number; readonly left: number; readonly resetSeconds: number } | null = null;
    for (const { limit: rule, counter } of this.#options.rules) {
      const limit = (rate === 'requests' ? rule?.requestsPerMinute : rule?.tokensPerMinute) ?? null;
      if (limit === null) continue;
      const left = Math.max(0, limit - counter.used(rate, nowMs));
      if (least === null || left < least.left) least = { limit, left, resetSeconds: counter.secondsUntil(rate, limit, limit, nowMs) };
    }
    if (least === null) return {};
    return {
      [`x-ratelimit-limit-${rate}`]: String(least.limit),
      [`x-ratelimit-remaining-${rate}`]: String(least.left),
      [`x-ratelimit-reset-${rate}`]: `${least.resetSeconds}s`,
    };
  }
}

/** What a call is to those who count calls a minute: one, unless they have counted it. */
export function requestsOf(again: AskedCall['again'], { subject }: Pick<SubjectRules, 'subject'>): 0 | 1 {
  return again === undefined || (again === 'other_model' && subject.type === 'model') ? 1 : 0;
}
