import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DrainOptions {
  /** How long calls that run may take to end. */
  readonly drainMs: number;
  /** Ends the calls that are left, in a way that their callers are told. */
  readonly cutOff: () => Promise<void>;
}

/** For callers to read what `cutOff` told them. */
const farewellMs = 1_000;

/** Takes no new connections, lets running calls end, cuts off the rest. Resolves when every socket is closed. */
export async function drainServer(server: Server, { drainMs, cutOff }: DrainOptions): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy becomes idle later; nobody else would close it.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  try {
    if (await endsWithin(closed, drainMs)) return;
    await cutOff();
    if (await endsWithin(closed, farewellMs)) return;
    server.closeAllConnections();
    await closed;
  } finally {
    clearInterval(sweep);
  }
}

async function endsWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([work.then(() => true), sleep(timeoutMs, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
