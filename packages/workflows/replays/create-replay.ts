import { PipelinesError, type Principal, type Replay, type ReplayBody } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { memberOf } from '../member-of.ts';
import { type CollectedInput, collectInputs } from './collect-inputs.ts';
import { fitsSchema } from './compare-answers.ts';
import { readReplay } from './replay-view.ts';
import type { ReplaysContext } from './replays-context.ts';
import { type ItemKey, sealAnswer, sealInput } from './seal-replay.ts';

const { replays, replayItems, replayRuns } = schema;

/** Writes a replay down with all its inputs; whoever looks after replays runs it. */
export async function createReplay(context: ReplaysContext, principal: Principal, slug: string, body: ReplayBody): Promise<Replay> {
  const { organizationId } = principal;
  const inputs = await collectInputs(context, principal, slug, body);
  const id = uuidv7();
  const rows = await Promise.all(inputs.map((input, index) => toRows(context, { organizationId, replayId: id, item: index + 1 }, input)));
  await context.database.db.transaction(async (tx) => {
    if (body.inputs.kind === 'recent') await requireKeeping(tx, organizationId);
    await tx.insert(replays).values({
      organizationId,
      id,
      fromSlug: slug,
      toSlug: body.to,
      inputsFrom: body.inputs.kind,
      inputs: inputs.length,
      createdBy: memberOf(principal),
    });
    await tx.insert(replayItems).values(rows.map(({ item }) => item));
    await tx.insert(replayRuns).values(rows.flatMap(({ runs }) => runs));
    await recordAudit(tx, principal, 'replay.created', { type: 'replay', id }, [slug, body.to]);
  });
  return readReplay(context.database.db, organizationId, slug, id);
}

/**
 * Held until the replay is written: whoever switches content logging off meanwhile empties it too.
 * @throws PipelinesError `conflict`
 */
async function requireKeeping(tx: Transaction, organizationId: string): Promise<void> {
  const { organizations } = schema;
  const [row] = await tx.select().from(organizations).where(eq(organizations.id, organizationId)).for('share');
  if (row?.contentRetentionDays == null) throw new PipelinesError('conflict', { detail: 'Content logging was switched off meanwhile.' });
}

interface InputRows {
  readonly item: typeof replayItems.$inferInsert;
  readonly runs: readonly (typeof replayRuns.$inferInsert)[];
}

/** What the model answered then is its side of the comparison; a pasted input it answers anew. */
async function toRows({ vault }: ReplaysContext, key: ItemKey, { request, logged }: CollectedInput): Promise<InputRows> {
  const { sealed, dataKeyVersion } = await sealInput(vault, key, request);
  const item = { ...key, sealedInput: sealed, dataKeyVersion, keptAt: logged?.call.keptAt ?? null };
  const candidate = { ...key, side: 'candidate', state: 'pending' } as const;
  if (logged === null) return { item, runs: [{ ...key, side: 'baseline', state: 'pending' } as const, candidate] };
  const { attemptId, promptTokens, completionTokens, cost, latencyMs } = logged.call;
  const answer = await sealAnswer(vault, key, 'baseline', logged.answer);
  const baseline = {
    ...key,
    ...({ side: 'baseline', state: 'succeeded', attemptId, promptTokens, completionTokens, cost, latencyMs } as const),
    fitsSchema: fitsSchema(request, logged.answer),
    sealedAnswer: answer.sealed,
    dataKeyVersion: answer.dataKeyVersion,
  };
  return { item, runs: [baseline, candidate] };
}
