import { type Evaluation, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { retryFailedTasks } from '../lanes/retry-failed-tasks.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { finishCanceled } from './advance-evaluation.ts';
import { isEvaluation, lockEvaluation } from './evaluation-rows.ts';
import { readEvaluation } from './evaluation-view.ts';

const { batches, evaluationCandidates, evaluations } = schema;

/** Ends every task of it that has not ended. What has been checked stays. @throws PipelinesError `conflict` when it has finished, `not_found` */
export async function cancelEvaluation(context: WorkflowsContext, principal: Principal, id: string): Promise<Evaluation> {
  const { db } = context.database;
  const { organizationId } = principal;
  await db.transaction(async (tx) => {
    const { state } = await lockEvaluation(tx, organizationId, id);
    if (state === 'finished')
      throw new PipelinesError('conflict', { detail: 'The evaluation has finished.', fix: 'Nothing is left to cancel.' });
    if (state === 'canceled') return;
    await tx.update(evaluations).set({ state: 'canceled' }).where(isEvaluation(organizationId, id));
    await recordAudit(tx, principal, 'evaluation.canceled', { type: 'evaluation', id }, ['state']);
  });
  await finishCanceled(context, { organizationId, id });
  return readEvaluation(db, organizationId, id);
}

/**
 * Gives every failed task and judgement another try, and forgets what was said of them.
 *
 * @throws PipelinesError `conflict` when none has failed or it still runs, `not_found`
 */
export async function retryEvaluation(context: WorkflowsContext, principal: Principal, id: string): Promise<Evaluation> {
  const { db } = context.database;
  const { organizationId } = principal;
  await db.transaction(async (tx) => {
    const { state } = await lockEvaluation(tx, organizationId, id);
    if (state !== 'finished') {
      throw new PipelinesError('conflict', { detail: `The evaluation is ${state}.`, fix: 'Only a finished one can be retried.' });
    }
    await forgetFailed(tx, organizationId, id);
    const own = await tx
      .select({ id: batches.id })
      .from(batches)
      .where(and(eq(batches.organizationId, organizationId), eq(batches.workflowId, id)));
    const retried = await retryFailedTasks(
      tx,
      organizationId,
      own.map((batch) => batch.id),
    );
    if (retried === 0) throw new PipelinesError('conflict', { detail: 'No task of it has failed.', fix: 'There is nothing to retry.' });
    await tx.update(evaluations).set({ state: 'running', finishedAt: null }).where(isEvaluation(organizationId, id));
    await tx
      .update(evaluationCandidates)
      .set({ passRate: null })
      .where(and(eq(evaluationCandidates.organizationId, organizationId), eq(evaluationCandidates.evaluationId, id)));
    await recordAudit(tx, principal, 'evaluation.retried', { type: 'evaluation', id }, ['state']);
  });
  context.engine.wake();
  return readEvaluation(db, organizationId, id);
}

/** What a failed task made its checks say, and what a judge that could not be asked did not. */
async function forgetFailed(tx: Transaction, organizationId: string, id: string): Promise<void> {
  await tx.execute(sql`
    delete from check_results r using evaluation_candidates c, tasks t
    where r.organization_id = ${organizationId} and r.evaluation_id = ${id}
      and c.organization_id = r.organization_id and c.evaluation_id = r.evaluation_id and c.candidate = r.candidate
      and t.organization_id = c.organization_id and t.batch_id = c.batch_id and t."row" = r."row" and t.state = 'failed'`);
  await tx.execute(sql`
    delete from check_results r using evaluation_judgings j, tasks t
    where r.organization_id = ${organizationId} and r.evaluation_id = ${id}
      and j.organization_id = r.organization_id and j.evaluation_id = r.evaluation_id and j.candidate = r.candidate and j.check_name = r.check_name
      and t.organization_id = j.organization_id and t.batch_id = j.batch_id and t."row" = r."row" and t.state = 'failed'`);
}
