import { type Log, toSafeError } from '@pipelines/contracts';
import { type Database, schema, timeOrderedId } from '@pipelines/database';
import { eq, sql } from 'drizzle-orm';

const { replicas } = schema;

export interface ReplicaOptions {
  readonly database: Database;
  readonly log: Log;
  /** The generation of the registry that this process has in memory. */
  readonly generation: () => number;
  readonly now?: () => number;
}

/** This process as the others know it: it says again and again that it is there, and how far it has followed the registry. */
export interface Replica {
  start(): Promise<void>;
  /** Says at once how far it is, and takes itself off the list when it stops. */
  announce(): void;
  stop(): Promise<void>;
  /** False since the database did not answer. */
  readonly isConnected: boolean;
  /** For how long the database has not answered. */
  silentMs(): number;
}

const beatMs = 5_000;

export function createReplica({ database, log, generation, now = () => performance.now() }: ReplicaOptions): Replica {
  const id = timeOrderedId();
  let connected = true;
  let answeredAtMs = now();
  let told = -1;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    connected = await database.ping();
    if (!connected) return;
    answeredAtMs = now();
    try {
      told = generation();
      await database.db
        .insert(replicas)
        .values({ id, generation: told })
        .onConflictDoUpdate({ target: replicas.id, set: { generation: told, seenAt: sql`now()` } });
      await database.db.delete(replicas).where(sql`${replicas.seenAt} < now() - interval '1 hour'`);
    } catch (error) {
      log({ event: 'task_failed', task: 'replica_beat', error: toSafeError(error) });
    }
  }

  const beatInTurn = () => {
    beating = beating.then(beat);
    return beating;
  };

  return {
    get isConnected() {
      return connected;
    },
    silentMs: () => now() - answeredAtMs,
    async start() {
      await beatInTurn();
      timer = setInterval(() => void beatInTurn(), beatMs);
      timer.unref();
    },
    announce() {
      if (timer !== undefined && generation() !== told) void beatInTurn();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await beating;
      // If it cannot be said, its silence will.
      if (connected)
        await database.db
          .delete(replicas)
          .where(eq(replicas.id, id))
          .catch(() => undefined);
    },
  };
}
