import { type Database, schema, type Transaction } from '@pipelines/database';
import { and, isNull, sql } from 'drizzle-orm';
import type { Engine } from '../engine.ts';
import { type EvaluationRecord, isEvaluation } from './evaluation-rows.ts';
import { beginJudging, recordVerdicts } from './judge-outputs.ts';
import { readPassRates } from './read-outcomes.ts';
import { recordChecks } from './record-checks.ts';

export interface AdvanceDoors {
  readonly database: Pick<Database, 'db'>;
  readonly engine: Pick<Engine, 'wake' | 'cancelBatch'>;
}

export interface EvaluationKey {
  readonly organizationId: string;
  readonly id: string;
}

type Advance = 'again' | 'judging' | 'nothing' | 'cancel';

/**
 * Takes an evaluation as far as it goes now: checks tasks that have ended, sends outputs to the judges, writes down their
 * verdicts, and ends it when nothing is left. All of it follows from the tables and is written in transactions that one
 * process at a time makes, so whoever does it next goes on where the last one was.
 */
export async function advanceEvaluation({ database, engine }: AdvanceDoors, key: EvaluationKey): Promise<void> {
  for (;;) {
    const advance = await database.db.transaction((tx) => advanceOnce(tx, key));
    if (advance === 'judging') engine.wake();
    if (advance === 'cancel') return finishCanceled({ database, engine }, key);
    if (advance === 'nothing') return;
  }
}

async function advanceOnce(tx: Transaction, key: EvaluationKey): Promise<Advance> {
  const evaluation = await takeOpen(tx, key);
  if (evaluation === null) return 'nothing';
  if (evaluation.state === 'canceled') return 'cancel';
  // Looked at first: what ends later is checked by the next round.
  const open = await hasOpenTasks(tx, key);
  const recorded = (await recordChecks(tx, evaluation)) + (await recordVerdicts(tx, evaluation));
  const begun = await beginJudging(tx, evaluation);
  if (begun > 0) return 'judging';
  if (recorded > 0) return 'again';
  if (!open) await finish(tx, evaluation);
  return 'nothing';
}

/** Null while another process is at it, and when it has ended. */
async function takeOpen(tx: Transaction, { organizationId, id }: EvaluationKey): Promise<EvaluationRecord | null> {
  const [row] = await tx
    .select()
    .from(schema.evaluations)
    .where(isEvaluation(organizationId, id))
    .for('no key update', { skipLocked: true });
  return row === undefined || row.finishedAt !== null ? null : ({ ...row, checks: row.checks } as EvaluationRecord);
}

async function hasOpenTasks(tx: Transaction, { organizationId, id }: EvaluationKey): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from batches b where b.organization_id = ${organizationId} and b.workflow_id = ${id} and exists (
      select 1 from tasks t where t.organization_id = b.organization_id and t.batch_id = b.id and t.state in ('pending', 'in_progress', 'paused'))
    limit 1`);
  return rows.length > 0;
}

async function finish(tx: Transaction, { organizationId, id, checks }: EvaluationRecord): Promise<void> {
  const rates = await readPassRates(tx, organizationId, id, checks.length);
  for (const [candidate, rate] of rates) {
    await tx.execute(sql`update evaluation_candidates set pass_rate = ${rate}
      where organization_id = ${organizationId} and evaluation_id = ${id} and candidate = ${candidate}`);
  }
  await tx.update(schema.evaluations).set({ state: 'finished', finishedAt: new Date() }).where(isEvaluation(organizationId, id));
}

/** Ends every batch of a canceled evaluation; only then is it over. Doing it again changes nothing. */
export async function finishCanceled({ database: { db }, engine }: AdvanceDoors, { organizationId, id }: EvaluationKey): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from batches where organization_id = ${organizationId} and workflow_id = ${id} and state in ('running', 'paused')`,
  );
  for (const batch of rows) await engine.cancelBatch(organizationId, batch.id);
  await db
    .update(schema.evaluations)
    .set({ finishedAt: new Date() })
    .where(and(isEvaluation(organizationId, id), isNull(schema.evaluations.finishedAt)));
}
