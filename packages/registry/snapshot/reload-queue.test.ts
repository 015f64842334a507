import type { LogEvent } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { createReloadQueue } from './reload-queue.ts';

describe('createReloadQueue', () => {
  it('loads one after the other, and equal ones that have not begun once', async () => {
    const seen: (string | null)[] = [];
    let running = 0;
    const queue = createReloadQueue(
      async (id) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(id);
        running -= 1;
      },
      () => undefined,
    );
    const first = queue.reload('a');
    await new Promise((resolve) => setTimeout(resolve, 1));
    // The first has begun and may have read what is old by now, so another one must follow.
    await Promise.all([first, queue.reload('a'), queue.reload('b'), queue.reload('a'), queue.reload(null), queue.reload('b')]);
    expect(seen).toEqual(['a', 'a', 'b', null]);
    await queue.close();
  });

  it('logs a failure, goes on, and stops when closed', async () => {
    const logged: LogEvent[] = [];
    let loads = 0;
    const queue = createReloadQueue(
      async () => {
        loads += 1;
        if (loads === 1) throw new Error('password=hunter2');
      },
      (event) => void logged.push(event),
    );
    await queue.reload('a');
    await queue.reload('a');
    expect(logged).toEqual([{ event: 'snapshot_failed', error: { name: 'Error', code: null, message: null } }]);
    await queue.close();
    await queue.reload('a');
    expect(loads).toBe(2);
  });
});
