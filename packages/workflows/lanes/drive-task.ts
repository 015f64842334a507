import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { LiveSender } from '../live/live-sender.ts';
import type { CompiledGraph } from '../path/compile-graph.ts';
import type { StepRun } from '../path/step-run.ts';
import { runTask } from '../run-task.ts';
import type { StepDoors } from '../steps/step-context.ts';
import { type TaskMemo, TaskReleased } from '../task-memo.ts';
import { releaseTasks } from './claim-tasks.ts';
import type { ClaimedTask } from './claimed-task.ts';
import type { MemoWriter } from './memo-writer.ts';
import { parkTask } from './park-task.ts';
import { fromRow, type StepRunRow } from './step-run-row.ts';

export interface DriveDoors extends StepDoors {
  readonly database: Database;
  readonly loadGraph: (task: ClaimedTask) => Promise<CompiledGraph>;
  readonly live: LiveSender;
  readonly log: Log;
}

/** Drives one claimed task as far as it goes. Never rejects: what cannot go on is released or fails. */
export async function driveTask(
  task: ClaimedTask,
  lane: string,
  writer: MemoWriter,
  doors: DriveDoors,
  signal: AbortSignal,
): Promise<void> {
  const { organization_id: organizationId, id, input } = task;
  const watchAnswer = (stepRunId: string) => doors.live.watchAnswer(task, stepRunId);
  try {
    const runs = task.begun ? await readRuns(doors.database, task) : [];
    const graph = await doors.loadGraph(task);
    await runTask({ organizationId, graph, input, runs }, { ...doors, memo: memoOf(task, lane, writer, doors), watchAnswer }, signal);
  } catch (error) {
    if (error instanceof TaskReleased) return await letGo(task, lane, writer, doors);
    doors.log({ event: 'task_failed', task: 'workflow_task', error: toSafeError(error) });
    const failure = { code: 'internal_error', message: 'Something went wrong on our side.', step: null, slug: null };
    await writer
      .write(organizationId, id, null, { state: 'failed', output: null, error: failure })
      .catch(() => letGo(task, lane, writer, doors));
  } finally {
    doors.live.endTask(id);
  }
}

function memoOf(task: ClaimedTask, lane: string, writer: MemoWriter, { database, live }: DriveDoors): TaskMemo {
  const { organization_id: organizationId, id } = task;
  const changed = () => live.changed(task);
  return {
    begin: (run) => writer.write(organizationId, id, run).then(changed),
    // Whether it was taken is seen by the next that is awaited.
    note(run) {
      live.endAnswer(run.id);
      void writer.write(organizationId, id, run).then(changed, () => undefined);
    },
    end: (end) => writer.write(organizationId, id, null, end).then(changed),
    async park(waiting: readonly StepRun[]) {
      await writer.write(organizationId, id, null);
      changed();
      return parkTask(database, lane, task, waiting);
    },
  };
}

/** Of a task that is the lane's no more this changes nothing. */
async function letGo({ organization_id, id }: ClaimedTask, lane: string, writer: MemoWriter, { database, log }: DriveDoors): Promise<void> {
  // What its other branches have finished meanwhile is written first.
  await writer.write(organization_id, id, null).catch(() => undefined);
  await releaseTasks(database, lane, [id]).catch((error: unknown) =>
    log({ event: 'task_failed', task: 'workflow_release', error: toSafeError(error) }),
  );
}

async function readRuns({ pool }: Database, { organization_id, id }: ClaimedTask): Promise<StepRun[]> {
  const { rows } = await pool.query<StepRunRow>('select * from step_runs where organization_id = $1 and task_id = $2 order by generation', [
    organization_id,
    id,
  ]);
  return rows.map(fromRow);
}
