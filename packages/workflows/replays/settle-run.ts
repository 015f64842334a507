import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import type { ClaimedRun } from './claim-runs.ts';
import { sameText, sameToolCalls } from './compare-answers.ts';
import { isReplay } from './replay-rows.ts';
import type { ReplaysContext } from './replays-context.ts';
import type { RunOutcome } from './run-input.ts';
import { type ItemKey, openAnswer, sealAnswer } from './seal-replay.ts';

const { replays, replayItems, replayRuns } = schema;

const isItem = ({ organizationId, replayId, item }: ItemKey) =>
  and(eq(replayItems.organizationId, organizationId), eq(replayItems.replayId, replayId), eq(replayItems.item, item));

function isRun({ organizationId, replayId, item, side }: ClaimedRun, claim: string) {
  return and(
    eq(replayRuns.organizationId, organizationId),
    eq(replayRuns.replayId, replayId),
    eq(replayRuns.item, item),
    eq(replayRuns.side, side),
    eq(replayRuns.claim, claim),
    eq(replayRuns.state, 'running'),
  );
}

/**
 * Writes down what became of a run, compares it with the other side, and ends the replay after its last one. Nothing
 * changes where somebody else has claimed it meanwhile. Where the input's content is deleted by now, the answer's is not kept.
 */
export async function settleRun({ database, vault }: ReplaysContext, run: ClaimedRun, claim: string, outcome: RunOutcome): Promise<void> {
  const { answer, ...numbers } = outcome;
  const sealed = answer === null ? null : await sealAnswer(vault, run, run.side, answer);
  await database.db.transaction(async (tx) => {
    const [replay] = await tx.select().from(replays).where(isReplay(run.organizationId, run.replayId)).for('no key update');
    if (!replay) return;
    const [item] = await tx.select().from(replayItems).where(isItem(run)).for('no key update');
    const kept = item?.sealedInput == null ? null : sealed;
    const { rowCount } = await tx
      .update(replayRuns)
      .set({ ...numbers, claimedUntil: null, sealedAnswer: kept?.sealed ?? null, dataKeyVersion: kept?.dataKeyVersion ?? null })
      .where(isRun(run, claim));
    if (rowCount === 0) return;
    await compareSides(tx, vault, run);
    await endAfterLast(tx, run, replay.state);
  });
}

async function compareSides(tx: Transaction, vault: ReplaysContext['vault'], key: ItemKey): Promise<void> {
  const runs = await tx
    .select()
    .from(replayRuns)
    .where(and(eq(replayRuns.organizationId, key.organizationId), eq(replayRuns.replayId, key.replayId), eq(replayRuns.item, key.item)));
  const answers = await Promise.all(
    runs.map((run) => openAnswer(vault, key, run.side, { sealed: run.sealedAnswer, dataKeyVersion: run.dataKeyVersion })),
  );
  const [one, other] = answers;
  if (one == null || other == null) return;
  await tx
    .update(replayItems)
    .set({ sameText: sameText(one, other), sameToolCalls: sameToolCalls(one, other) })
    .where(isItem(key));
}

async function endAfterLast(tx: Transaction, { organizationId, replayId }: ItemKey, state: string): Promise<void> {
  if (state !== 'running') return;
  await tx.execute(sql`
    update replays set state = 'finished', finished_at = now() where organization_id = ${organizationId} and id = ${replayId}
      and not exists (select 1 from replay_runs r where r.organization_id = replays.organization_id and r.replay_id = replays.id
        and r.state in ('pending', 'running'))`);
}

/** The call was ended: by a cancel, after which it is over, or because this process stops; then it waits for the next. */
export async function letGo(db: Queries, run: ClaimedRun, claim: string, state: 'canceled' | 'pending'): Promise<void> {
  await db.update(replayRuns).set({ state, claim: null, claimedUntil: null }).where(isRun(run, claim));
}
