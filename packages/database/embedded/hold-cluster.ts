import net from 'node:net';
import pg from 'pg';
import { databaseErrorCode } from '../database-errors.ts';

/** Advisory lock that every process using an embedded cluster holds, shared, for as long as it does. */
const lockKey = [1_886_414_965, 1] as const;

/** A process that has just ended, or is ending with us, still holds the lock for a moment: PostgreSQL must notice first. */
const claimTimeoutMs = 2_000;
/** Somebody else holds on (`lock_not_available`), or claims at the same time and goes first (`deadlock_detected`). */
const notAlone = new Set(['55P03', '40P01']);

/** Our claim on a running cluster: one idle connection that also tells us, at once, when PostgreSQL is gone. */
export interface ClusterHold {
  /** Resolves when the connection breaks or is released. */
  readonly ended: Promise<void>;
  /**
   * True when no other process holds the cluster. From then on nobody can begin to: newcomers wait for the
   * lock until PostgreSQL is down, and then start it again.
   */
  claimAlone(): Promise<boolean>;
  release(): Promise<void>;
}

/** @throws when nobody answers at `url` within five seconds, or PostgreSQL goes down meanwhile */
export async function holdCluster(url: string): Promise<ClusterHold> {
  const socket = new net.Socket();
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pipelines supervisor',
    connectionTimeoutMillis: 5_000,
    stream: () => socket,
  });
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
  });
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1, $2)', [...lockKey]);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  // The hold must not keep a process alive that is otherwise done.
  socket.unref();

  return {
    ended,
    async claimAlone() {
      socket.ref();
      await client.query(`set lock_timeout = ${claimTimeoutMs}`);
      return client.query('select pg_advisory_lock($1, $2)', [...lockKey]).then(
        () => true,
        (error) => {
          if (notAlone.has(databaseErrorCode(error) ?? '')) return false;
          throw error;
        },
      );
    },
    async release() {
      socket.ref();
      await client.end().catch(() => undefined);
      socket.destroy();
    },
  };
}
