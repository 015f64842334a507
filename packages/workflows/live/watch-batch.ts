import type { BatchEvent, Principal } from '@pipelines/contracts';
import { getBatch } from '../batches/list-batches.ts';
import type { LiveContext } from '../workflows-context.ts';
import { Looking, type Watching } from './watch-loop.ts';

const pace = { atMostEveryMs: 700, atLeastEveryMs: 3_000 };

/** A batch as it changes. @throws PipelinesError `not_found` */
export async function watchBatch(context: LiveContext, principal: Principal, id: string): Promise<Watching<BatchEvent>> {
  const batch = await getBatch(context, principal, id);
  return async (tell, signal) => {
    const looking = new Looking();
    let known = JSON.stringify(batch);
    tell({ type: 'batch', batch });
    const leave = await context.feed.watch(batch.id, { onChange: () => looking.nudge(), onAnswer: () => undefined });
    try {
      await looking.run(
        async () => {
          const now = await getBatch(context, principal, id);
          if (JSON.stringify(now) !== known) tell({ type: 'batch', batch: now });
          known = JSON.stringify(now);
        },
        pace,
        signal,
      );
    } finally {
      leave();
    }
  };
}
