import { setTimeout as sleep } from 'node:timers/promises';
import { toSafeError } from '@pipelines/contracts';
import { adoptTasks, claimTasks } from './claim-tasks.ts';
import type { ClaimedTask } from './claimed-task.ts';
import { closeBatches } from './close-batches.ts';
import { type DriveDoors, driveTask } from './drive-task.ts';
import type { LimitedModels } from './limited-models.ts';
import { MemoWriter } from './memo-writer.ts';
import type { TasksInFlight } from './tasks-in-flight.ts';

export interface LaneOptions {
  /** The durable workflow that this lane is. */
  readonly workflowId: string;
  /** One life of it: what it writes is refused once a later life has taken over. */
  readonly lane: string;
  /** False: a dead worker's lane, which is only led to its end. */
  readonly claims: boolean;
  readonly inFlight: TasksInFlight;
  readonly doors: DriveDoors & { readonly limitedModels: LimitedModels };
  /** Aborted: claim no more. */
  readonly stopping: AbortSignal;
  /** Aborted: what is under way is given up too. */
  readonly given: AbortSignal;
}

/** Tasks end one by one; claiming for each would cost more than it gains. */
const gatherMs = 4;
const lookAgainMs = 1_000;
const closeEveryMs = 500;

/** Takes over what an earlier life of the lane has left, then drives many tasks at a time until there are no more. */
export async function driveLane(options: LaneOptions): Promise<void> {
  const { workflowId, lane, inFlight, doors, stopping, given } = options;
  const { database } = doors;
  const writer = new MemoWriter(database, lane, doors.log, given);
  const drive = (task: ClaimedTask) => inFlight.drive(task, (signs) => driveTask(task, lane, writer, doors, signs), lane);
  let closedAt = performance.now();

  for (const task of await persist(options, () => adoptTasks(database, workflowId, lane))) drive(task);
  while (!given.aborted) {
    const free = options.claims && !stopping.aborted ? inFlight.free() : 0;
    const claimed = free > 0 ? await persist(options, () => claimTasks(database, lane, free, doors.limitedModels)) : [];
    for (const task of claimed) drive(task);
    if (inFlight.of(lane) === 0) break;
    await inFlight.changed(lookAgainMs);
    await sleep(gatherMs);
    if (performance.now() - closedAt > closeEveryMs) {
      closedAt = performance.now();
      await persist(options, () => closeBatches(database));
    }
  }
  if (!given.aborted) await persist(options, () => closeBatches(database));
}

/** A database that is away is waited for. */
async function persist<Result>({ doors, given, stopping }: LaneOptions, ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      doors.log({ event: 'task_failed', task: 'workflow_lane', error: toSafeError(error) });
      if (given.aborted || stopping.aborted) throw error;
      await sleep(lookAgainMs);
    }
  }
}
