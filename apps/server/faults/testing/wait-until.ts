import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until `look` gives something other than null or false. @throws after the time, with what it waited for */
export async function waitUntil<Value>(
  what: string,
  look: () => Promise<Value | null | false> | Value | null | false,
  timeoutMs = 20_000,
): Promise<Value> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`Within ${timeoutMs} ms there was no ${what}.`);
    await sleep(50);
  }
}
