import type { EgressHint } from './egress-error.ts';

type TimeoutHint = Extract<EgressHint, `${string}_timeout`>;

/** The timer is set no further ahead than this, so that a later stage with a shorter clock needs no other. */
const longestSleepMs = 15_000;

/**
 * The clocks of one call: the stage it is in (connect, first byte, idle), and the whole of it. Kept as
 * points in time under a single timer, which looks whether one has passed: stages change with every call and
 * the idle clock is set back with every chunk, so both must cost next to nothing.
 */
export class Deadline {
  readonly #expire: (hint: TimeoutHint) => void;
  readonly #totalAtMs: number;
  #stageMs = 0;
  #stageHint: TimeoutHint = 'total_timeout';
  #stageAtMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #wakesAtMs = Number.POSITIVE_INFINITY;

  constructor(totalMs: number, expire: (hint: TimeoutHint) => void) {
    this.#expire = expire;
    const nowMs = performance.now();
    this.#totalAtMs = nowMs + totalMs;
    this.#sleep(nowMs);
  }

  /** Enters a stage, leaving the one before. */
  enter(ms: number, hint: TimeoutHint): void {
    const nowMs = performance.now();
    this.#stageMs = ms;
    this.#stageHint = hint;
    this.#stageAtMs = nowMs + ms;
    if (this.#stageAtMs < this.#wakesAtMs) this.#sleep(nowMs);
  }

  /** Sets the stage's clock back to its start. */
  touch(): void {
    if (this.#stageAtMs !== Number.POSITIVE_INFINITY) this.#stageAtMs = performance.now() + this.#stageMs;
  }

  /** Stops the stage's clock; the total goes on. */
  leave(): void {
    this.#stageAtMs = Number.POSITIVE_INFINITY;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #sleep(nowMs: number): void {
    this.stop();
    this.#wakesAtMs = Math.min(this.#totalAtMs, this.#stageAtMs, nowMs + longestSleepMs);
    this.#timer = setTimeout(wake, this.#wakesAtMs - nowMs, this);
  }

  wake(): void {
    const nowMs = performance.now();
    if (nowMs >= this.#totalAtMs) this.#expire('total_timeout');
    else if (nowMs >= this.#stageAtMs) this.#expire(this.#stageHint);
    else this.#sleep(nowMs);
  }
}

function wake(deadline: Deadline): void {
  deadline.wake();
}
