import { expect, it } from 'vitest';
import { retryStep } from './retry-step.ts';
import { StepFailure } from './step-failure.ts';

const never = new AbortController().signal;
const agoMs = (ms: number) => new Date(Date.now() - ms).toISOString();
const hang = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

it('gives a step that goes on after a crash what is left of its time', async () => {
  const startedMs = performance.now();
  const limits = { retries: 0, timeoutMs: 60_000, startedAt: agoMs(59_800), signal: never };
  await expect(retryStep(limits, hang)).rejects.toMatchObject({ code: 'upstream_timeout', transient: true });
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});

it('does not call again once the time is over', async () => {
  let calls = 0;
  const limits = { retries: 0, timeoutMs: 60_000, startedAt: agoMs(60_001), signal: never };
  const work = retryStep(limits, async () => {
    calls += 1;
  });
  await expect(work).rejects.toMatchObject({ code: 'upstream_timeout' });
  expect(calls).toBe(0);
});

it('leaves each retry its whole time', async () => {
  const allowed = { retries: 1, timeoutMs: 60_000, startedAt: agoMs(61_000), signal: never };
  let calls = 0;
  const answer = await retryStep(allowed, async () => {
    calls += 1;
    if (calls === 1) throw new StepFailure('upstream_error', 'It may pass.', { transient: true });
    return 'done';
  });
  expect([answer, calls]).toEqual(['done', 2]);
});

it('ends at once when the task is let go of', async () => {
  const task = new AbortController();
  const work = retryStep({ retries: 3, timeoutMs: 60_000, startedAt: agoMs(0), signal: task.signal }, hang);
  task.abort(new Error('canceled'));
  await expect(work).rejects.toThrow('canceled');
});
