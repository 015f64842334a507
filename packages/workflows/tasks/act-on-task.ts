import { PipelinesError, type Principal, type reviewBodySchema, type TaskDetail, type TaskState } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { findBatch } from '../batches/batch-view.ts';
import { refuseEvaluated } from '../evaluations/refuse-evaluated.ts';
import { batchCanceled } from '../lanes/lock-batch.ts';
import { memberOf } from '../member-of.ts';
import { requireRowId } from '../require-row-id.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { getTask } from './get-task.ts';
import { findTask, type TaskRow } from './task-view.ts';

const { stepRuns } = schema;

/** Ends a task; a call that is out is canceled at the provider. @throws PipelinesError `conflict` when it has ended, `not_found` */
export async function cancelTask(context: WorkflowsContext, principal: Principal, id: string): Promise<TaskDetail> {
  const task = await requireState(context, principal, id, ['pending', 'in_progress', 'paused']);
  await audit(context, principal, 'task.canceled', task.id);
  await context.engine.cancelTask(principal.organizationId, task.id);
  return getTask(context, principal, task.id);
}

/** Goes on from the step that failed; finished steps are not called again. @throws PipelinesError `conflict` when it has not failed, `not_found` */
export async function retryTask(context: WorkflowsContext, principal: Principal, id: string): Promise<TaskDetail> {
  const task = await requireState(context, principal, id, ['failed']);
  await refuseEvaluated(context, task);
  await requireRunnableBatch(context, task);
  await audit(context, principal, 'task.retried', task.id);
  await context.engine.retryTask(principal.organizationId, task.id);
  return getTask(context, principal, task.id);
}

/**
 * Asks the model of an LLM step once more, and goes on from there; every generation is kept.
 * @throws PipelinesError `conflict` while the task is under way or when the run is not the last of its step, `not_found`
 */
export async function regenerateStep(context: WorkflowsContext, principal: Principal, stepRunId: string): Promise<TaskDetail> {
  const { organizationId, role } = principal;
  const run = await findRun(context, organizationId, stepRunId);
  const task = await findTask(context.database.db, organizationId, run.taskId);
  await refuseEvaluated(context, task);
  await requireRunnableBatch(context, task);
  await audit(context, principal, 'task.regenerated', task.id);
  await context.engine.regenerateStep(organizationId, run.id, role === 'admin' ? 'admin' : 'user');
  return getTask(context, principal, task.id);
}

/** Passes or fails a review that waits, with a comment. @throws PipelinesError `conflict` when it waits no more, `not_found` */
export async function reviewStep(
  context: WorkflowsContext,
  principal: Principal,
  stepRunId: string,
  { verdict, comment }: z.output<typeof reviewBodySchema>,
): Promise<TaskDetail> {
  const { organizationId } = principal;
  const run = await findRun(context, organizationId, stepRunId);
  if (run.kind !== 'review' || run.state !== 'waiting') {
    throw new PipelinesError('conflict', {
      detail: run.kind === 'review' ? 'This review has been decided already.' : 'This step is no review.',
      fix: 'Reload the task to see where it stands.',
    });
  }
  await audit(context, principal, 'task.reviewed', run.taskId);
  await context.engine.submitReview(organizationId, run.id, { verdict, comment: comment ?? null, memberId: memberOf(principal) });
  return getTask(context, principal, run.taskId);
}

async function findRun({ database: { db } }: WorkflowsContext, organizationId: string, stepRunId: string) {
  const [run] = await db
    .select({ id: stepRuns.id, taskId: stepRuns.taskId, kind: stepRuns.kind, state: stepRuns.state })
    .from(stepRuns)
    .where(and(eq(stepRuns.organizationId, organizationId), eq(stepRuns.id, requireRowId(stepRunId))));
  if (!run) throw new PipelinesError('not_found', { detail: 'There is no such step.' });
  return run;
}

async function requireState(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
  states: readonly TaskState[],
): Promise<TaskRow> {
  const task = await findTask(db, organizationId, id);
  if (states.includes(task.state)) return task;
  throw new PipelinesError('conflict', {
    detail: `The task is ${task.state.replaceAll('_', ' ')}.`,
    fix: 'Reload it to see where it stands.',
  });
}

/** Nothing of a canceled batch runs again. One that is canceled from now on is refused by the engine. */
async function requireRunnableBatch({ database: { db } }: WorkflowsContext, { organizationId, batchId }: TaskRow): Promise<void> {
  if (batchId === null || (await findBatch(db, organizationId, batchId)).state !== 'canceled') return;
  throw batchCanceled();
}

/** Written before the engine acts: what somebody has asked for is known even if the server dies over it. */
async function audit({ database: { db } }: WorkflowsContext, principal: Principal, action: string, taskId: string): Promise<void> {
  await db.transaction((tx) => recordAudit(tx, principal, action, { type: 'task', id: taskId }, ['state']));
}
