import type { Slot } from './hold-slot.ts';
import { listOthersLanes, resumeLanes } from './launch-dbos.ts';

/** A worker whose connection has just broken takes its slot back within this time; only then is it taken for dead. */
const graceMs = 2_500;

/** Looks for lanes of dead workers, and has them go on elsewhere. To be called every second or so. */
export function createLaneRescue(slot: Slot): () => Promise<void> {
  const seenDeadAtMs = new Map<number, number>();
  return async () => {
    const others = await listOthersLanes(slot.number);
    for (const number of seenDeadAtMs.keys()) if (!others.has(number)) seenDeadAtMs.delete(number);
    for (const [number, lanes] of others) {
      const dead = await slot.withDeadSlot(number, async () => {
        const sinceMs = seenDeadAtMs.get(number);
        if (sinceMs === undefined) seenDeadAtMs.set(number, performance.now());
        else if (performance.now() - sinceMs >= graceMs) await resumeLanes(lanes);
      });
      if (!dead) seenDeadAtMs.delete(number);
    }
  };
}
