import type { Database } from '@pipelines/database';
import { listDrivingLanes, releaseLanes } from '../lanes/claim-tasks.ts';
import type { Slot } from './hold-slot.ts';
import { listOpenLanes, type OpenLane, resumeLanes } from './launch-dbos.ts';

/** A worker whose connection has just broken takes its slot back within this time; only then is it taken for dead. */
const graceMs = 2_500;

/** Looks after lanes that nobody drives any more. To be called every second or so. */
export function createLaneRescue(database: Pick<Database, 'pool'>, slot: Slot): () => Promise<void> {
  const seenDeadAtMs = new Map<number, number>();

  /** Lanes of dead workers go on elsewhere. */
  async function resumeDead(open: readonly OpenLane[]): Promise<void> {
    const others = new Set(open.flatMap((lane) => (lane.slot === null || lane.slot === slot.number ? [] : [lane.slot])));
    for (const number of seenDeadAtMs.keys()) if (!others.has(number)) seenDeadAtMs.delete(number);
    for (const number of others) {
      const dead = await slot.withDeadSlot(number, async () => {
        const sinceMs = seenDeadAtMs.get(number);
        if (sinceMs === undefined) seenDeadAtMs.set(number, performance.now());
        else if (performance.now() - sinceMs >= graceMs) {
          await resumeLanes(open.filter((lane) => lane.slot === number).map((lane) => lane.workflowId));
        }
      });
      if (!dead) seenDeadAtMs.delete(number);
    }
  }

  return async () => {
    // In this order: a lane is written down before it claims, so one that drives and is not open has ended.
    const driving = await listDrivingLanes(database);
    const open = await listOpenLanes();
    const openIds = new Set(open.map((lane) => lane.workflowId));
    const ended = driving.filter((workflowId) => !openIds.has(workflowId));
    if (ended.length > 0) await releaseLanes(database, ended);
    await resumeDead(open);
  };
}
