import { DBOS } from '@dbos-inc/dbos-sdk';
import { toSafeError } from '@pipelines/contracts';
import { v7 as uuidv7 } from 'uuid';
import { hasPendingTasks } from '../lanes/claim-tasks.ts';
import type { ClaimedTask } from '../lanes/claimed-task.ts';
import { driveLane } from '../lanes/drive-lane.ts';
import { createHoldBack } from '../lanes/hold-back.ts';
import { LimitedModels } from '../lanes/limited-models.ts';
import { createGraphLoader } from '../lanes/load-graph.ts';
import { createModelSlots } from '../lanes/model-slots.ts';
import { stillDriven } from '../lanes/task-notices.ts';
import { TasksInFlight } from '../lanes/tasks-in-flight.ts';
import { type LiveNotice, liveChannel } from '../live/live-notices.ts';
import { createLiveSender } from '../live/live-sender.ts';
import type { EngineOptions } from './engine-options.ts';
import { holdSlot } from './hold-slot.ts';
import { beginLane, setLaneDriver } from './lane-workflow.ts';
import { launchDbos } from './launch-dbos.ts';
import { createLaneRescue } from './rescue-lanes.ts';

export interface WorkerOptions extends EngineOptions {
  readonly concurrency: number;
  readonly onLost: () => void;
}

export interface Worker {
  /** There may be something to do. */
  wake(): void;
  /** Lets go of tasks: their calls are canceled at the providers. */
  abort(which: (task: ClaimedTask) => boolean): void;
  /** Claims no more, waits so long for what is under way, and gives up the rest. */
  stop(graceMs: number): Promise<void>;
}

const lookEveryMs = 1_000;
const fewTasks = 4;

/** Takes a slot and drives tasks in lanes: one of its own while there is work, and those of the dead. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, databaseUrl, log, concurrency, onLost } = options;
  const slot = await holdSlot(database);
  const stopping = new AbortController();
  const given = new AbortController();
  const inFlight = new TasksInFlight(concurrency);
  // So little is under way that somebody may be looking on.
  const live = createLiveSender(database, () => inFlight.ids.length <= fewTasks);
  const hearing = await database.listen(liveChannel, { onNotify: (payload) => live.hear(JSON.parse(payload) as LiveNotice) });
  const limitedModels = new LimitedModels(database);
  await limitedModels.refresh();
  const doors = {
    ...options,
    loadGraph: createGraphLoader(database),
    live,
    limitedModels,
    modelSlots: createModelSlots(database),
    holdBack: createHoldBack(database),
    onSlotFreed: () => inFlight.announce(),
  };
  const lanes = new Set<Promise<void>>();
  let own: string | null = null;
  let beginning = false;
  let woken = false;

  setLaneDriver((workflowId) => {
    // A new life of a lane writes under a new name, so that an older one can write no more.
    const lane = `${workflowId}:${uuidv7()}`;
    const claims = workflowId === own;
    const driven = driveLane({ workflowId, lane, claims, inFlight, doors, stopping: stopping.signal, given: given.signal });
    lanes.add(driven);
    return driven.finally(() => lanes.delete(driven));
  });
  // Two workers that make the engine's tables at the same time would lock each other out.
  await slot.oneAtATime(() => launchDbos({ databaseUrl, slot: slot.number, log }));
  const rescue = createLaneRescue(database, slot);

  /** One lane of its own is enough: it drives as many tasks as this process may. */
  async function ensureLane(): Promise<void> {
    if (beginning || own !== null || stopping.signal.aborted) return;
    beginning = true;
    woken = false;
    try {
      if (!(await hasPendingTasks(database))) return;
      own = `lane-${uuidv7()}`;
      const { ended } = await beginLane(own);
      void ended.catch(report('workflow_lane')).then(() => {
        own = null;
        if (woken) wake();
      });
    } catch (error) {
      own = null;
      report('workflow_lane')(error);
    } finally {
      beginning = false;
    }
    if (woken && own === null) wake();
  }

  function wake(): void {
    woken = true;
    inFlight.announce();
    void ensureLane();
  }

  async function look(): Promise<void> {
    const ids = inFlight.ids;
    if (ids.length > 0) {
      const driven = await stillDriven(database, ids);
      inFlight.abort((task) => ids.includes(task.id) && !driven.has(task.id));
    }
    await limitedModels.refresh();
    await rescue();
    await ensureLane();
  }

  const report = (task: string) => (error: unknown) => {
    if (!given.signal.aborted) log({ event: 'task_failed', task, error: toSafeError(error) });
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(report('workflow_look'));
  }, lookEveryMs);
  slot.lost.addEventListener('abort', onLost, { once: true });

  return {
    wake,
    abort: (which) => inFlight.abort(which),
    async stop(graceMs) {
      clearInterval(timer);
      stopping.abort();
      inFlight.announce();
      await Promise.race([Promise.allSettled(lanes), new Promise((resolve) => setTimeout(resolve, graceMs))]);
      inFlight.abort(() => true);
      await Promise.race([Promise.allSettled(lanes), new Promise((resolve) => setTimeout(resolve, 2_000))]);
      given.abort();
      live.close();
      await hearing.close();
      await looking.catch(() => undefined);
      await DBOS.shutdown();
      setLaneDriver(null);
      await slot.release();
    },
  };
}
