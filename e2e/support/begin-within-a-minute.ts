import { setTimeout as sleep } from 'node:timers/promises';

const minuteMs = 60_000;

/** What is counted a minute begins to fade at the turn of one: waits until the next turn is at least so far away. */
export async function beginWithinAMinute(neededMs: number): Promise<void> {
  const leftMs = minuteMs - (Date.now() % minuteMs);
  if (leftMs < neededMs) await sleep(leftMs + 100);
}
