import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@pipelines/database';

/** Namespace of the advisory locks that workers hold, one for each slot. */
const slotLocks = 7_741;
const maxSlots = 1_000;
const retakeEveryMs = 200;
const retakeWithinMs = 15_000;

/** The number of a worker, held by a lock that PostgreSQL drops by itself when the worker dies. */
export interface Slot {
  readonly number: number;
  /** Aborted once the slot is lost for good: its connection broke, and it could not be had back in time. */
  readonly lost: AbortSignal;
  /** Runs `work` while holding another slot, if nobody else does. Answers whether it ran. */
  withDeadSlot(number: number, work: () => Promise<void>): Promise<boolean>;
  /** Runs `work` when no other worker is at this. */
  oneAtATime(work: () => Promise<void>): Promise<void>;
  release(): Promise<void>;
}

type Connection = NonNullable<Parameters<Parameters<Database['pool']['connect']>[0]>[1]>;

/** Takes the first free slot. A broken connection is replaced: a database that restarts takes no slot from anybody who comes back soon. */
export async function holdSlot({ pool }: Pick<Database, 'pool'>): Promise<Slot> {
  const lost = new AbortController();
  let released = false;
  let retaking = false;
  let connection: Connection = await connect();
  let number = 0;
  while (!(await tryLock(connection, number))) {
    number += 1;
    if (number >= maxSlots) throw new Error('Every slot is taken.');
  }

  async function connect(): Promise<Connection> {
    const made = await pool.connect();
    made.on('error', () => {
      if (made === connection) void retake();
    });
    return made;
  }

  async function retake(): Promise<void> {
    if (released || retaking) return;
    retaking = true;
    drop(connection);
    const untilMs = performance.now() + retakeWithinMs;
    while (!released && performance.now() < untilMs) {
      try {
        connection = await connect();
        if (await tryLock(connection, number)) {
          retaking = false;
          return;
        }
      } catch {
        // The database is still away.
      }
      drop(connection);
      await sleep(retakeEveryMs);
    }
    if (!released) lost.abort();
  }

  async function whileHolding(other: number, work: () => Promise<void>): Promise<boolean> {
    if (!(await tryLock(connection, other))) return false;
    try {
      await work();
    } finally {
      await connection.query('select pg_advisory_unlock($1, $2)', [slotLocks, other]).catch(() => undefined);
    }
    return true;
  }

  return {
    number,
    lost: lost.signal,
    withDeadSlot: whileHolding,
    async oneAtATime(work) {
      // Asked again and again: a statement that waits for a lock would hold up an index that is made concurrently.
      while (!(await whileHolding(maxSlots, work))) await sleep(retakeEveryMs);
    },
    async release() {
      released = true;
      drop(connection);
    },
  };
}

/** Closes it, and with it goes the lock. */
function drop(connection: Connection): void {
  try {
    connection.release(true);
  } catch {
    // It has been dropped already.
  }
}

async function tryLock(connection: Connection, number: number): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [slotLocks, number]);
  return rows[0]?.locked === true;
}
