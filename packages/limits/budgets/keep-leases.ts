import type { Log } from '@pipelines/contracts';
import { type Database, repeatTask, type Subscription } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { BudgetLease } from './budget-lease.ts';
import { exchangeGrants, recallChannel } from './exchange-grants.ts';
import { Leases } from './leases.ts';

export interface LeaseKeeperOptions {
  readonly database: Database;
  readonly processId: string;
  readonly log: Log;
  /** The database has told its time. */
  readonly onTime: (epochMs: number) => void;
}

/** Keeps what this process holds of budgets: fills it up before it is needed, gives back what nobody uses. */
export interface LeaseKeeper {
  readonly leases: Leases;
  start(): Promise<void>;
  /** Gives everything back. Never rejects. */
  stop(): Promise<void>;
}

const tickEveryMs = 1_000;
const renewEveryMs = 5_000;
const idleMs = 30_000;

export function createLeaseKeeper({ database, processId, log, onTime }: LeaseKeeperOptions): LeaseKeeper {
  const leases = new Leases(async (place, needed) => {
    const grant = await exchangeGrants(database, place, processId, needed);
    onTime(grant.nowMs);
    return grant;
  });
  let subscription: Subscription | null = null;
  let stopTicking = async (): Promise<void> => undefined;
  let renewedMs = Number.NEGATIVE_INFINITY;

  async function renew(): Promise<void> {
    if (performance.now() - renewedMs < renewEveryMs) return;
    renewedMs = performance.now();
    for (const lease of leases.all()) if (!lease.isValid) await lease.giveBack();
    await database.db.execute(sql`update budget_grants set renewed_at = now() where process_id = ${processId}`);
    for (const lease of leases.all()) lease.renewed();
  }

  async function keep(lease: BudgetLease): Promise<void> {
    if (lease.idleMs > idleMs) await lease.giveBack();
    else await lease.refill(lease.takeRecentCost());
    if (lease.idleMs > idleMs && lease.isDone) leases.forget(lease);
  }

  async function tick(): Promise<void> {
    if (leases.all().length === 0) return;
    await renew();
    for (const lease of leases.all()) await keep(lease);
  }

  return {
    leases,
    async start() {
      subscription = await database.listen(recallChannel, { onNotify: (budgetId) => leases.recall(budgetId) });
      stopTicking = repeatTask({ task: 'budget_grants', everyMs: tickEveryMs, log, work: tick });
    },
    async stop() {
      await stopTicking();
      await subscription?.close();
      await Promise.all(leases.all().map((lease) => lease.giveBack()));
    },
  };
}
