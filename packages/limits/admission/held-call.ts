import type { AdmittedCall, SettledAttempt } from '@pipelines/contracts';
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
  /** 0 where the call was counted with another model. */
  readonly requests: 0 | 1;
  /** What it may need of them. */
  readonly tokens: number;
}

/** A call that is counted and paid for in advance, until it is known what it was. */
export class HeldCall implements AdmittedCall {
  readonly #options: HeldCallOptions;
  readonly #minute: number;
  /** What is counted for it so far. */
  #tokens: number;
  #knowsTokens = false;
  #failed = false;
  #leases: BudgetLease[] = [];
  #cost = 0;
  #reserved = 0;
  #ended = false;

  constructor(options: HeldCallOptions) {
    this.#options = options;
    this.#minute = minuteOf(options.nowMs);
    this.#tokens = options.tokens;
    for (const rule of options.rules) rule.counter.begin(options.nowMs, this.#requestsOf(rule), options.tokens);
  }

  get reservedCost(): string | null {
    return this.#leases.length === 0 ? null : fromNanoUsd(this.#cost);
  }

  get headers(): Readonly<Record<string, string>> | null {
    if (!this.#options.rules.some(({ limit }) => limit !== null)) return null;
    return { ...this.#headersOf('requests'), ...this.#headersOf('tokens') };
  }

  /** The lease has reserved so much for it. */
  hold(lease: BudgetLease, cost: number): void {
    this.#leases.push(lease);
    this.#cost = cost;
    this.#reserved = cost;
  }

  settle({ status, usage, cost }: SettledAttempt): void {
    const { doors, model } = this.#options;
    this.#failed = status === 'failed';
    if (usage !== null) {
      doors.sizes.note(model, usage.completionTokens);
      this.#countTokens(usage.promptTokens + usage.completionTokens);
    }
    if (this.#leases.length === 0) return;
    // As the log counts it: what nobody can tell is what was reserved for it, unless it failed.
    const spent = cost === null ? (status === 'failed' ? 0 : this.#cost) : toNanoUsd(cost);
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
    // A provider that gives no answer counts no tokens.
    if (this.#failed && !this.#knowsTokens) this.#countTokens(0);
    for (const lease of this.#leases) lease.release(this.#reserved);
    this.#reserved = 0;
    for (const { counter } of this.#options.rules) counter.end();
  }

  /** It has not gone out: as if it had never been. */
  takeBack(): void {
    const nowMs = this.#options.doors.now();
    for (const rule of this.#options.rules) rule.counter.correct(this.#minute, nowMs, -this.#requestsOf(rule), -this.#tokens);
    this.end();
  }

  #requestsOf({ subject }: SubjectRules): number {
    return subject.type === 'model' ? 1 : this.#options.requests;
  }

  /** Of an attempt: the first one's stand in the place of the estimate. */
  #countTokens(tokens: number): void {
    const nowMs = this.#options.doors.now();
    const more = this.#knowsTokens ? tokens : tokens - this.#tokens;
    for (const { counter } of this.#options.rules) counter.correct(this.#minute, nowMs, 0, more);
    this.#tokens += more;
    this.#knowsTokens = true;
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
