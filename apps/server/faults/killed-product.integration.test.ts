import { expect, it } from 'vitest';
import { killUnderLoad } from './testing/kill-under-load.ts';

/** `npm run soak:gateway -- --kills 200` does it as often as one likes. */
const kills = 5;

it(`logs every call exactly once, killed ${kills} times`, { timeout: 300_000 }, async () => {
  const report = await killUnderLoad(kills);
  expect(report).toMatchObject({ kills, missing: 0, twice: 0, answeredNotOnce: 0 });
  // Between the note in the journal and the bytes on the wire lies a moment, once a kill.
  expect(report.unseen).toBeLessThanOrEqual(kills);
  expect(report.seen).toBeGreaterThan(kills * 5);
  expect(report.answered).toBeGreaterThan(kills);
  expect(Object.keys(report.statuses)).toEqual(expect.arrayContaining(['unknown', 'succeeded']));
});
