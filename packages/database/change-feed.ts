import { sql } from 'drizzle-orm';
import type { Database, Transaction } from './open-database.ts';

const channel = 'pipelines_changes';

/** What changed; each topic is one part of the in-memory snapshots. */
export type ChangeTopic = 'api_keys' | 'limits' | 'models' | 'settings';

export interface Change {
  readonly topic: ChangeTopic;
  /** Null: the whole server, such as the platform catalogue. */
  readonly organizationId: string | null;
}

type Notice = Change & { readonly generation: number };

/**
 * Tells every replica that a snapshot is out of date. Part of the transaction that makes the change:
 * PostgreSQL delivers the notice when it commits, and the generation counts it for those who missed it.
 */
export async function announceChange(tx: Transaction, change: Change): Promise<void> {
  const result = await tx.execute<{ generation: string }>(
    sql`insert into registry_state (id, generation) values (1, 1)
        on conflict (id) do update set generation = registry_state.generation + 1 returning generation`,
  );
  const notice: Notice = { ...change, generation: Number(result.rows[0]?.generation) };
  await tx.execute(sql`select pg_notify(${channel}, ${JSON.stringify(notice)})`);
}

export async function readGeneration(database: Database): Promise<number> {
  const result = await database.db.execute<{ generation: string }>(sql`select generation from registry_state where id = 1`);
  return Number(result.rows[0]?.generation ?? 0);
}

export interface FollowOptions {
  readonly pollMs?: number;
  /** What the follower has read by itself: later changes are told, those before `followChanges` was called too. */
  readonly since?: number;
}

/**
 * Follows changes: `onChange` with the change and its generation for each notice, with null where notices may have been
 * missed (a new connection, or a generation that the poll finds ahead). Returns how to stop.
 */
export async function followChanges(
  database: Database,
  onChange: (change: Change | null, generation: number | null) => void,
  options: FollowOptions = {},
): Promise<() => Promise<void>> {
  let seen = options.since ?? (await readGeneration(database));
  const subscription = await database.listen(channel, {
    onNotify: (payload) => {
      const notice = JSON.parse(payload) as Notice;
      // A gap means a missed notice: the poll sees it, because `seen` stays behind.
      if (notice.generation === seen + 1) seen = notice.generation;
      onChange({ topic: notice.topic, organizationId: notice.organizationId }, notice.generation);
    },
    onReconnect: () => onChange(null, null),
  });
  const catchUp = async () => {
    try {
      const generation = await readGeneration(database);
      if (generation !== seen) {
        seen = generation;
        onChange(null, null);
      }
    } catch {
      // The database is away: the last snapshot stays, and the reconnect asks for a new one.
    }
  };
  if (options.since !== undefined) await catchUp();
  const timer = setInterval(catchUp, options.pollMs ?? 5_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await subscription.close();
  };
}
