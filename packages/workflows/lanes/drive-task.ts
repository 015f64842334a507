import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { LiveSender } from '../live/live-sender.ts';
import type { CompiledGraph } from '../path/compile-graph.ts';
import type { StepRun } from '../path/step-run.ts';
import { isToldByTask } from '../path/told-runs.ts';
import { runTask } from '../run-task.ts';
import type { StepDoors } from '../steps/step-context.ts';
import { TaskHeldBack, type TaskMemo, TaskReleased } from '../task-memo.ts';
import { releaseTasks } from './claim-tasks.ts';
import type { ClaimedTask } from './claimed-task.ts';
import type { HeldBackTask } from './hold-back.ts';
import type { MemoWriter } from './memo-writer.ts';
import { ModelSlotHolder, type SlotDoors } from './model-slot-holder.ts';
import { parkTask } from './park-task.ts';
import { fromRow, type StepRunRow } from './step-run-row.ts';
import type { FlightSigns } from './tasks-in-flight.ts';

export interface DriveDoors extends StepDoors, SlotDoors {
  readonly holdBack: (held: HeldBackTask) => Promise<void>;
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
  { signal, ending }: FlightSigns,
): Promise<void> {
  const { organization_id: organizationId, id, input } = task;
  const watchAnswer = (stepRunId: string) => doors.live.watchAnswer(task, stepRunId);
  const slots = new ModelSlotHolder(task, lane, signal, doors);
  try {
    const runs = task.begun ? await readRuns(doors.database, task) : [];
    const graph = await doors.loadGraph(task);
    await runTask(
      { organizationId, graph, input, runs },
      { ...doors, memo: memoOf(task, lane, writer, slots, doors, ending), watchAnswer },
      signal,
    );
  } catch (error) {
    if (error instanceof TaskReleased) return await letGo(task, lane, writer, doors, error);
    doors.log({ event: 'task_failed', task: 'workflow_task', error: toSafeError(error) });
    const failure = { code: 'internal_error', message: 'Something went wrong on our side.', step: null, slug: null };
    await writer
      .write(organizationId, id, null, { state: 'failed', output: null, error: failure })
      .catch(() => letGo(task, lane, writer, doors, new TaskReleased()));
  } finally {
    doors.live.endTask(id);
    await slots.freeAll();
  }
}

function memoOf(
  task: ClaimedTask,
  lane: string,
  writer: MemoWriter,
  slots: ModelSlotHolder,
  { database, live }: DriveDoors,
  ending: () => void,
): TaskMemo {
  const { organization_id: organizationId, id } = task;
  const changed = () => live.changed(task);
  return {
    async begin(run, slug) {
      if (slug !== null && !(await slots.take(run.id, slug))) throw new TaskHeldBack(run.step, slug);
      await writer.write(organizationId, id, run).then(changed);
    },
    turnTo: (run, slug) => slots.turnTo(run.id, slug),
    // Whether it was taken is seen by the next that is awaited.
    note(run) {
      if (isToldByTask(run)) return;
      live.endAnswer(run.id);
      slots.free(run.id);
      void writer.write(organizationId, id, run).then(changed, () => undefined);
    },
    end(end) {
      ending();
      return writer.write(organizationId, id, null, end).then(changed);
    },
    async park(waiting: readonly StepRun[]) {
      await writer.write(organizationId, id, null);
      changed();
      return parkTask(database, lane, task, waiting);
    },
  };
}

/** Of a task that is the lane's no more this changes nothing. */
async function letGo(task: ClaimedTask, lane: string, writer: MemoWriter, doors: DriveDoors, why: TaskReleased): Promise<void> {
  const { organization_id, id } = task;
  // What its other branches have finished meanwhile is written first.
  await writer.write(organization_id, id, null).catch(() => undefined);
  const released = why instanceof TaskHeldBack ? holdBack(task, lane, doors, why) : releaseTasks(doors.database, lane, [id]);
  await released.catch((error: unknown) => doors.log({ event: 'task_failed', task: 'workflow_release', error: toSafeError(error) }));
}

async function holdBack(task: ClaimedTask, lane: string, doors: DriveDoors, { step, slug }: TaskHeldBack): Promise<void> {
  const { incoming, steps } = await doors.loadGraph(task);
  const ways = incoming.get(step) ?? [];
  const isFirstStep = ways.length > 0 && ways.every((edge) => steps.get(edge.from)?.kind === 'start');
  await doors.holdBack({ task, lane, slug, isFirstStep });
}

async function readRuns({ pool }: Database, { organization_id, id }: ClaimedTask): Promise<StepRun[]> {
  const { rows } = await pool.query<StepRunRow>('select * from step_runs where organization_id = $1 and task_id = $2 order by generation', [
    organization_id,
    id,
  ]);
  return rows.map(fromRow);
}
