import type { UnitPrices } from './call-meter.ts';
import type { TokenUsage } from './chat.ts';

/** How large a call may become, in tokens. */
export interface CallSize {
  readonly promptTokens: number;
  /** Pictures and other attachments. */
  readonly images: number;
  /** Some of the prompt is to stay in the provider's cache for an hour, which is dearer to write than for five minutes. */
  readonly writesLongCache: boolean;
  /** Whether sound is sent, and whether the answer may be spoken. Left out: no. */
  readonly audioIn?: boolean;
  readonly audioOut?: boolean;
  /** The most that the caller lets the answer have; null: it does not say. */
  readonly askedTokens: number | null;
  /** The most that the model answers with; null: not known. */
  readonly longestTokens: number | null;
}

/** A call that wants to go out: whose it is, and of which model. */
export interface AskedCall {
  readonly organizationId: string;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly slug: string;
  readonly prices: UnitPrices;
  /** Asked only where something limits the call. */
  readonly size: () => CallSize;
  /** The call has been counted before: with this model, so that nobody counts it anew, or with another one, so that only this model does. */
  readonly again?: 'same_model' | 'other_model';
  /** No model answers it: it costs nothing and uses no tokens. Only calls a minute may forbid it, and count it. */
  readonly free?: boolean;
}

/** How one attempt of an admitted call ended. */
export interface SettledAttempt {
  readonly usage: TokenUsage | null;
  /** USD as a decimal string, null when a price or the usage is unknown. */
  readonly cost: string | null;
  /** The provider was not reached, or has refused: nothing is counted. */
  readonly free: boolean;
}

/** A call that may go out, and what is held for it. */
export interface AdmittedCall {
  /** What the answer says of the limits: `x-ratelimit-…`. Null where there are none. */
  readonly headers: Readonly<Record<string, string>> | null;
  /** What was reserved for it in its budgets, USD as a decimal string; null where no budget holds it. */
  readonly reservedCost: string | null;
  /** An attempt has used some of what was reserved: another one is to be admitted anew. */
  readonly isSpent: boolean;
  /** Counts what an attempt has really used, in the place of the estimate. */
  settle(attempt: SettledAttempt): void;
  /** The call has ended, whatever became of it: what is held for it and was not used is free again. Later calls change nothing. */
  end(): void;
}

/** The one door before a provider is called: call limits and budgets. */
export interface CallAdmission {
  /**
   * At once, in memory, unless a budget is nearly used up.
   * @throws PipelinesError `rate_limited`, `budget_exceeded`, `price_unknown`, `unavailable`
   */
  admit(call: AskedCall): AdmittedCall | Promise<AdmittedCall>;
}

/** Of a call that nothing limits. */
export const unlimitedCall: AdmittedCall = {
  headers: null,
  reservedCost: null,
  isSpent: false,
  settle: () => undefined,
  end: () => undefined,
};

/** Where nothing is limited. */
export const openAdmission: CallAdmission = { admit: () => unlimitedCall };
