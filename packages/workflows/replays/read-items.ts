import { PipelinesError, type Principal, type ReplayContent, type ReplayItem, type ReplayRun } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, asc, eq } from 'drizzle-orm';
import { findReplay } from './replay-rows.ts';
import type { ReplaysContext } from './replays-context.ts';
import { openAnswer, openInput, type ReplaySideName } from './seal-replay.ts';

const { replayItems, replayRuns } = schema;
type ItemRow = typeof replayItems.$inferSelect;
type RunRow = typeof replayRuns.$inferSelect;
interface ItemRows {
  readonly item: ItemRow;
  readonly baseline: RunRow;
  readonly candidate: RunRow;
}

/** Every input in its order, without contents. @throws PipelinesError `not_found` */
export async function listReplayItems({ database }: ReplaysContext, principal: Principal, slug: string, id: string) {
  const { organizationId } = principal;
  const replay = await findReplay(database.db, organizationId, slug, id);
  const rows = await selectItems(database.db, organizationId, replay.id);
  return { data: rows.map(toItem) };
}

/** One input and both answers. That they were read is written down. @throws PipelinesError `not_found`, `content_unreadable` */
export async function readReplayItem(
  context: ReplaysContext,
  principal: Principal,
  slug: string,
  id: string,
  item: number,
): Promise<ReplayContent> {
  const [row] = await takeOut(context, principal, slug, id, item);
  if (!row) throw new PipelinesError('not_found', { detail: 'The replay has no such input.' });
  return toContent(context, row);
}

/** All of them, to be taken away. That they were read is written down. @throws PipelinesError `not_found`, `content_unreadable` */
export async function readReplayResults(context: ReplaysContext, principal: Principal, slug: string, id: string) {
  const data: ReplayContent[] = [];
  for (const row of await takeOut(context, principal, slug, id)) data.push(await toContent(context, row));
  return { data };
}

function takeOut({ database }: ReplaysContext, principal: Principal, slug: string, id: string, item?: number): Promise<ItemRows[]> {
  const { organizationId } = principal;
  return database.db.transaction(async (tx) => {
    const replay = await findReplay(tx, organizationId, slug, id);
    const rows = await selectItems(tx, organizationId, replay.id, item);
    if (rows.length > 0) await recordAudit(tx, principal, 'replay.read', { type: 'replay', id: replay.id });
    return rows;
  });
}

async function selectItems(db: Queries | Transaction, organizationId: string, replayId: string, item?: number): Promise<ItemRows[]> {
  const ofItem = item === undefined ? undefined : eq(replayItems.item, item);
  const items = await db
    .select()
    .from(replayItems)
    .where(and(eq(replayItems.organizationId, organizationId), eq(replayItems.replayId, replayId), ofItem))
    .orderBy(asc(replayItems.item));
  const ofRun = item === undefined ? undefined : eq(replayRuns.item, item);
  const runs = await db
    .select()
    .from(replayRuns)
    .where(and(eq(replayRuns.organizationId, organizationId), eq(replayRuns.replayId, replayId), ofRun));
  const runOf = (row: ItemRow, side: ReplaySideName) => runs.find((run) => run.item === row.item && run.side === side) as RunRow;
  return items.map((row) => ({ item: row, baseline: runOf(row, 'baseline'), candidate: runOf(row, 'candidate') }));
}

function toItem({ item, baseline, candidate }: ItemRows): ReplayItem {
  return {
    item: item.item,
    baseline: toRun(baseline),
    candidate: toRun(candidate),
    same_text: item.sameText,
    same_tool_calls: item.sameToolCalls,
  };
}

function toRun(run: RunRow): ReplayRun {
  return {
    state: run.state,
    attempt_id: run.attemptId,
    prompt_tokens: run.promptTokens,
    completion_tokens: run.completionTokens,
    cost: run.cost,
    latency_ms: run.latencyMs,
    error_code: run.errorCode,
    fits_schema: run.fitsSchema,
  };
}

async function toContent({ vault }: ReplaysContext, rows: ItemRows): Promise<ReplayContent> {
  const { item, baseline, candidate } = rows;
  const answerOf = (run: RunRow) => openAnswer(vault, item, run.side, { sealed: run.sealedAnswer, dataKeyVersion: run.dataKeyVersion });
  return {
    ...toItem(rows),
    request: await openInput(vault, item, { sealed: item.sealedInput, dataKeyVersion: item.dataKeyVersion }),
    baseline_answer: await answerOf(baseline),
    candidate_answer: await answerOf(candidate),
  };
}
