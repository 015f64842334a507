import type { LogEvent } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { repeatTask } from './repeat-task.ts';

const silent = () => undefined;

it('goes on after a turn that fails, and says which task it was', async () => {
  const events: LogEvent[] = [];
  let turns = 0;
  const stop = repeatTask({
    task: 'count',
    everyMs: 1,
    log: (event) => void events.push(event),
    work: async () => {
      turns += 1;
      if (turns === 1) throw new TypeError('odd');
    },
  });
  await expect.poll(() => turns).toBeGreaterThan(2);
  await stop();
  expect(events).toEqual([{ event: 'task_failed', task: 'count', error: { name: 'TypeError', code: null, message: null } }]);
});

it('never does two turns at a time, and none once it is stopped', async () => {
  let [running, most, turns] = [0, 0, 0];
  const stop = repeatTask({
    task: 'overlap',
    everyMs: 1,
    log: silent,
    work: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      turns += 1;
    },
  });
  await expect.poll(() => turns).toBeGreaterThan(2);
  await stop();
  const done = turns;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([most, turns]).toEqual([1, done]);
});

it('tells the turn that runs to stop, waits for it, and does not log what that failed with', async () => {
  const events: LogEvent[] = [];
  let begun = false;
  let ended = false;
  const stop = repeatTask({
    task: 'long',
    everyMs: 1,
    log: (event) => void events.push(event),
    work: (signal) => {
      begun = true;
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () =>
          setTimeout(() => {
            ended = true;
            reject(new Error('stopped'));
          }, 20),
        ),
      );
    },
  });
  await expect.poll(() => begun).toBe(true);
  await stop();
  expect([ended, events]).toEqual([true, []]);
});

it('may begin sooner than it goes on', async () => {
  let turns = 0;
  const stop = repeatTask({ task: 'soon', everyMs: 60_000, firstAfterMs: 0, log: silent, work: async () => (turns += 1) });
  await expect.poll(() => turns).toBe(1);
  await stop();
});
