import { type Log, toSafeError } from '@pipelines/contracts';
import type { Journal } from './journal/open-journal.ts';

export interface ShippingOptions {
  readonly journal: Journal;
  readonly log: Log;
}

export interface Shipping {
  /** Ships everything that has ended so far. Rejects while the database cannot take it. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const shipEveryMs = 250;
const slowestRetryMs = 5_000;
const recoverEveryMs = 60_000;

/** Ships the journal in the background, and again and again while the database is away. */
export function keepShipping({ journal, log }: ShippingOptions): Shipping {
  let failures = 0;
  let nextRecovery = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function recoverWhenDue(): Promise<void> {
    if (performance.now() < nextRecovery) return;
    const { settled, unknown } = await journal.recoverOrphans();
    nextRecovery = performance.now() + recoverEveryMs;
    if (settled + unknown > 0) log({ event: 'usage_recovered', settled, unknown });
  }

  async function ship(): Promise<void> {
    await journal.shipOwn();
    await recoverWhenDue();
  }

  /** One at a time: two readers of one file would ship its rows twice for nothing. */
  function shipInTurn(): Promise<void> {
    const mine = turn.then(ship);
    turn = mine.catch(() => {});
    return mine;
  }

  async function tick(): Promise<void> {
    try {
      await shipInTurn();
      failures = 0;
    } catch (error) {
      failures += 1;
      log({ event: 'usage_ship_failed', pending: journal.countPending(), error: toSafeError(error) });
    }
    schedule(Math.min(shipEveryMs * 2 ** failures, slowestRetryMs));
  }

  function schedule(delayMs: number): void {
    if (stopped) return;
    timer = setTimeout(tick, delayMs);
    timer.unref();
  }

  schedule(0);
  return {
    flush: shipInTurn,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
