import { expect, it } from 'vitest';
import type { ClaimedTask } from './claimed-task.ts';
import { type FlightSigns, TasksInFlight } from './tasks-in-flight.ts';

/** Drives a task until `land` is called. */
function fly(inFlight: TasksInFlight, id: string): { readonly signs: FlightSigns; land(): Promise<void> } {
  const flight: { signs?: FlightSigns; end?: () => void } = {};
  inFlight.drive(
    { id } as ClaimedTask,
    (signs) => {
      flight.signs = signs;
      return new Promise((resolve) => {
        flight.end = resolve;
      });
    },
    'lane',
  );
  return {
    signs: flight.signs as FlightSigns,
    async land() {
      flight.end?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('gives the place of a task that is only to be written down to the next, once', async () => {
  const inFlight = new TasksInFlight(2);
  const one = fly(inFlight, 'one');
  fly(inFlight, 'two');
  expect(inFlight.free()).toBe(0);
  one.signs.ending();
  one.signs.ending();
  expect(inFlight.free()).toBe(1);
  fly(inFlight, 'three');
  expect(inFlight.free()).toBe(0);
  await one.land();
  expect(inFlight.free()).toBe(0);
  expect(inFlight.of('lane')).toBe(2);
});

it('lets no more tasks pile up that are to be written down than may run', () => {
  const inFlight = new TasksInFlight(2);
  for (const id of ['one', 'two', 'three', 'four']) fly(inFlight, id).signs.ending();
  expect(inFlight.free()).toBe(0);
});

it('tells of a task that ends, so that the next is claimed', async () => {
  const inFlight = new TasksInFlight(1);
  const { signs } = fly(inFlight, 'one');
  signs.ending();
  const before = performance.now();
  await inFlight.changed(5_000);
  expect(performance.now() - before).toBeLessThan(4_000);
});
