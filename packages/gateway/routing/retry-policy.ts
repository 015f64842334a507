import type { AttemptFailure } from '../attempts/attempt-failure.ts';
import type { ChatCall } from '../attempts/chat-call.ts';

const firstDelayMs = 200;
/** A caller that is told to wait longer than this waits better itself. */
const longestDelayMs = 3_000;

export interface RetryBudget {
  /** Retries of this model that this call has had. */
  readonly done: number;
  readonly most: number;
  /** Of the time for the whole call. */
  readonly leftMs: number;
}

/**
 * Waits, and answers whether the call may be tried again: only where the provider has not begun, and only so
 * often. The wait is random, so that many callers do not come back at once. False at once if the caller goes.
 */
export async function waitBeforeRetry(failure: AttemptFailure, call: ChatCall, { done, most, leftMs }: RetryBudget): Promise<boolean> {
  if (!failure.repeatable || done >= most) return false;
  const askedMs = (failure.retryAfterSeconds ?? 0) * 1_000;
  const delayMs = askedMs + firstDelayMs * 2 ** done * (0.5 + Math.random() / 2);
  if (delayMs > Math.min(longestDelayMs, leftMs)) return false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    call.whenCallerGoes(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  return !call.callerGone;
}
