import { setTimeout as sleep } from 'node:timers/promises';
import { StepFailure } from './step-failure.ts';

const firstDelayMs = 500;
const longestDelayMs = 60_000;

/**
 * Does `call` again, at most `retries` times, where the cause may pass: after twice as long each time, or
 * as long as the other side asks. `timeoutMs` limits each call. @throws StepFailure
 */
export async function retryStep<Result>(
  { retries, timeoutMs, signal }: { readonly retries: number; readonly timeoutMs: number; readonly signal: AbortSignal },
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  for (let done = 0; ; done += 1) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await call(AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
      const failure = timeout.aborted ? outOfTime(timeoutMs, error) : StepFailure.of(error);
      if (!failure.transient || done >= retries) throw failure;
      const usualMs = firstDelayMs * 2 ** done * (0.5 + Math.random() / 2);
      await sleep(Math.min(longestDelayMs, Math.max(usualMs, (failure.retryAfterSeconds ?? 0) * 1_000)), undefined, { signal });
    }
  }
}

function outOfTime(timeoutMs: number, error: unknown): StepFailure {
  const slug = error instanceof StepFailure ? error.slug : null;
  const who = slug === null ? 'The call' : `The model "${slug}"`;
  return new StepFailure('upstream_timeout', `${who} did not answer within ${timeoutMs / 1_000} seconds, the step's own limit.`, {
    transient: true,
    ...(slug !== null && { slug }),
  });
}
