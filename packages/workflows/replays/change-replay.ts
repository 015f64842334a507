import { PipelinesError, type Principal, type Replay } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { findReplay, isReplay } from './replay-rows.ts';
import { readReplay } from './replay-view.ts';
import type { ReplaysContext } from './replays-context.ts';

const { replays, replayRuns } = schema;

/** What has not begun is not begun any more; whoever runs the rest sees it and lets go. @throws PipelinesError `not_found`, `conflict` */
export async function cancelReplay({ database: { db } }: ReplaysContext, principal: Principal, slug: string, id: string): Promise<Replay> {
  const { organizationId } = principal;
  return db.transaction(async (tx) => {
    const replay = await findReplay(tx, organizationId, slug, id);
    const { rowCount } = await tx
      .update(replays)
      .set({ state: 'canceled', finishedAt: new Date() })
      .where(and(isReplay(organizationId, replay.id), eq(replays.state, 'running')));
    if (rowCount === 0)
      throw new PipelinesError('conflict', { detail: 'The replay has ended already.', fix: 'Nothing is left to cancel.' });
    await tx
      .update(replayRuns)
      .set({ state: 'canceled' })
      .where(and(eq(replayRuns.organizationId, organizationId), eq(replayRuns.replayId, replay.id), eq(replayRuns.state, 'pending')));
    await recordAudit(tx, principal, 'replay.canceled', { type: 'replay', id: replay.id });
    return readReplay(tx, organizationId, slug, replay.id);
  });
}

/** With its inputs and answers. @throws PipelinesError `not_found`, `conflict` while it runs */
export async function deleteReplay({ database: { db } }: ReplaysContext, principal: Principal, slug: string, id: string): Promise<void> {
  const { organizationId } = principal;
  await db.transaction(async (tx) => {
    const replay = await findReplay(tx, organizationId, slug, id);
    if (replay.state === 'running') throw new PipelinesError('conflict', { detail: 'The replay is running.', fix: 'Cancel it first.' });
    await tx.delete(replays).where(isReplay(organizationId, replay.id));
    await recordAudit(tx, principal, 'replay.deleted', { type: 'replay', id: replay.id });
  });
}
