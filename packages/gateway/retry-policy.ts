import type { AttemptFailure } from './attempts/attempt-failure.ts';
import type { ChatCall } from './attempts/chat-call.ts';

const maxAttempts = 3;
const firstDelayMs = 200;
/** A caller that is told to wait longer than this waits better itself. */
const longestDelayMs = 3_000;

/**
 * Waits, and answers whether the call may be tried again: only where the provider has not begun, and at
 * most twice. The wait is random, so that many callers do not come back at once. False at once if the caller goes.
 */
export async function waitBeforeRetry(failure: AttemptFailure, call: ChatCall): Promise<boolean> {
  if (!failure.repeatable || call.attempts >= maxAttempts) return false;
  const askedMs = (failure.retryAfterSeconds ?? 0) * 1_000;
  const delayMs = askedMs + firstDelayMs * 2 ** (call.attempts - 1) * (0.5 + Math.random() / 2);
  if (delayMs > longestDelayMs) return false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    call.whenCallerGoes(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  return !call.callerGone;
}
