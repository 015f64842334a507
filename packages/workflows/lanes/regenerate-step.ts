import { graphSchema, PipelinesError, type TaskState } from '@pipelines/contracts';
import type { Database, Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { tellWatchers } from '../live/live-notices.ts';
import { planRegeneration } from '../path/plan-regeneration.ts';
import { type ToldRun, tellEnd } from '../path/told-runs.ts';
import { lockRunnableBatch } from './lock-batch.ts';
import { fromRow, type StepRunRow } from './step-run-row.ts';
import { tell } from './task-notices.ts';

interface LockedTask extends Record<string, unknown> {
  readonly id: string;
  readonly state: TaskState;
  readonly lane: string | null;
  readonly batch_id: string | null;
  readonly graph: unknown;
}

/**
 * Begins a new generation of a step and puts its task back among those to be driven. The task's row is locked, and
 * nobody may be driving it: whoever claims it afterwards sees the new run only. @throws PipelinesError `not_found`, `conflict`
 */
export async function regenerateStep(
  { db }: Pick<Database, 'db'>,
  organizationId: string,
  stepRunId: string,
  trigger: 'user' | 'admin',
): Promise<void> {
  await db.transaction(async (tx) => {
    const taskId = sql`(select task_id from step_runs where organization_id = ${organizationId} and id = ${stepRunId})`;
    await lockRunnableBatch(tx, organizationId, taskId);
    const task = await lockTask(tx, organizationId, stepRunId);
    requireStill(task);
    const { rows } = await tx.execute<StepRunRow>(
      sql`select * from step_runs where organization_id = ${organizationId} and task_id = ${task.id} order by generation`,
    );
    const runs = rows.map(fromRow);
    const target = runs.find((run) => run.id === stepRunId);
    if (target === undefined) throw new PipelinesError('not_found');
    const graph = graphSchema.parse(task.graph);
    const { superseded, generation, round } = planRegeneration(graph, runs, target);
    const end = tellEnd(graph, task, runs);
    if (end !== null) await keepOvertakenEnd(tx, organizationId, task.id, end);
    await tx.execute(
      sql`update step_runs set superseded = true, state = case when state in ('waiting', 'running') then 'skipped' else state end,
          finished_at = coalesce(finished_at, now())
        where organization_id = ${organizationId} and task_id = ${task.id}
          and id in (select x::uuid from jsonb_array_elements_text(${JSON.stringify(superseded)}::jsonb) x)`,
    );
    // Begun no time yet: the worker that claims the task takes it up.
    await tx.execute(
      sql`insert into step_runs (organization_id, id, task_id, step, kind, generation, round, tries, trigger, state, idempotency_key)
        values (${organizationId}, ${uuidv7()}, ${task.id}, ${target.step}, ${target.kind}, ${generation}, ${round}, 0, ${trigger}, 'running', ${uuidv4()})`,
    );
    await tx.execute(
      sql`update tasks set state = 'pending', output = null, error = null, finished_at = null
        where organization_id = ${organizationId} and id = ${task.id}`,
    );
    await tx.execute(
      sql`update batches set state = 'running', finished_at = null
        where organization_id = ${organizationId} and id = ${task.batch_id} and state = 'finished'`,
    );
    await tx.execute(tellWatchers(task.id));
    await tx.execute(tell({ kind: 'wake' }));
  });
}

/** The task's row tells of its end no more. */
async function keepOvertakenEnd(tx: Transaction, organizationId: string, taskId: string, end: ToldRun): Promise<void> {
  await tx.execute(
    sql`insert into step_runs
        (organization_id, id, task_id, step, kind, generation, trigger, superseded, state, output, port, idempotency_key, started_at, finished_at)
      select organization_id, ${end.id}, id, ${end.step}, ${end.kind}, ${end.generation}, ${end.trigger}, true, 'finished', output, 'next',
        ${uuidv4()}, finished_at, finished_at
      from tasks where organization_id = ${organizationId} and id = ${taskId}`,
  );
}

async function lockTask(tx: Transaction, organizationId: string, stepRunId: string): Promise<LockedTask> {
  const { rows } = await tx.execute<LockedTask>(
    sql`select t.id, t.state, t.lane, t.batch_id, v.graph from step_runs r
      join tasks t on t.organization_id = r.organization_id and t.id = r.task_id
      join workflow_versions v on v.organization_id = t.organization_id and v.workflow_id = t.workflow_id and v.version = t.version
      where r.organization_id = ${organizationId} and r.id = ${stepRunId} for no key update of t`,
  );
  const [task] = rows;
  if (task === undefined) throw new PipelinesError('not_found');
  return task;
}

/** Ended, or waiting for people: then no worker drives it, and none can begin to before this has been written. */
function requireStill({ state, lane }: LockedTask): void {
  if (lane === null && ['finished', 'failed', 'escalated', 'quarantined', 'in_progress'].includes(state)) return;
  throw new PipelinesError('conflict', {
    detail: state === 'canceled' ? 'The task has been canceled.' : 'The task is under way.',
    fix: state === 'canceled' ? 'Send the row again as a new task.' : 'Wait until it has ended, or cancel it.',
  });
}
