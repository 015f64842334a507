import type { EgressHint } from './egress-error.ts';

type TimeoutHint = Extract<EgressHint, `${string}_timeout`>;

/**
 * The clocks of one call: the stage it is in (connect, first byte, idle), and the whole of it. The
 * idle clock is set back on every chunk, so that must cost next to nothing.
 */
export class Deadline {
  readonly #expire: (hint: TimeoutHint) => void;
  readonly #total: NodeJS.Timeout;
  #stage: NodeJS.Timeout | null = null;

  constructor(totalMs: number, expire: (hint: TimeoutHint) => void) {
    this.#expire = expire;
    this.#total = setTimeout(expire, totalMs, 'total_timeout');
  }

  /** Enters a stage, leaving the one before. */
  enter(ms: number, hint: TimeoutHint): void {
    this.leave();
    this.#stage = setTimeout(this.#expire, ms, hint);
  }

  /** Sets the stage's clock back to its start. */
  touch(): void {
    this.#stage?.refresh();
  }

  /** Stops the stage's clock; the total goes on. */
  leave(): void {
    if (this.#stage === null) return;
    clearTimeout(this.#stage);
    this.#stage = null;
  }

  stop(): void {
    this.leave();
    clearTimeout(this.#total);
  }
}
