import { setTimeout as sleep } from 'node:timers/promises';
import { StepFailure } from './step-failure.ts';

const firstDelayMs = 500;
const longestDelayMs = 60_000;

export interface RetryOptions {
  readonly retries: number;
  /** Limits each call. */
  readonly timeoutMs: number;
  /** When the step was first begun, on whichever worker: a step that goes on after a crash has only what is left of its time. */
  readonly startedAt: string;
  readonly signal: AbortSignal;
}

/**
 * Does `call` again, at most `retries` times, where the cause may pass: after twice as long each time, or
 * as long as the other side asks. @throws StepFailure
 */
export async function retryStep<Result>(
  { retries, timeoutMs, startedAt, signal }: RetryOptions,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // As long as a step may take that nothing interrupts: every call to its end, and every wait between them.
  const deadline = Date.parse(startedAt) + (retries + 1) * timeoutMs + retries * longestDelayMs;
  for (let done = 0; ; done += 1) {
    const leftMs = Math.min(timeoutMs, deadline - Date.now());
    if (leftMs <= 0) throw interruptedTooLong(timeoutMs);
    const limited = new AbortController();
    const cancel = () => limited.abort(signal.reason);
    const timer = setTimeout(() => limited.abort(timedOut), leftMs);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      signal.throwIfAborted();
      return await call(limited.signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = limited.signal.reason === timedOut ? outOfTime(timeoutMs, error) : StepFailure.of(error);
      if (!failure.transient || done >= retries) throw failure;
      const usualMs = firstDelayMs * 2 ** done * (0.5 + Math.random() / 2);
      await sleep(Math.min(longestDelayMs, Math.max(usualMs, (failure.retryAfterSeconds ?? 0) * 1_000)), undefined, { signal });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }
}

const timedOut = new DOMException('The call took too long.', 'TimeoutError');

function interruptedTooLong(timeoutMs: number): StepFailure {
  return new StepFailure(
    'upstream_timeout',
    `The step was interrupted, and its time was over when it could go on: it has ${timeoutMs / 1_000} seconds for a call. Retry the task.`,
  );
}

function outOfTime(timeoutMs: number, error: unknown): StepFailure {
  const slug = error instanceof StepFailure ? error.slug : null;
  const who = slug === null ? 'The call' : `The model "${slug}"`;
  return new StepFailure('upstream_timeout', `${who} did not answer within ${timeoutMs / 1_000} seconds, the step's own limit.`, {
    transient: true,
    ...(slug !== null && { slug }),
  });
}
