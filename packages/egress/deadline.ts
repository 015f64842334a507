import type { EgressHint } from './egress-error.ts';

type TimeoutHint = Extract<EgressHint, `${string}_timeout`>;

/** The timer is set no further ahead than this. */
const longestSleepMs = 15_000;

/**
 * The clocks of one call: the stage it is in (connect, first byte, idle), and the whole of it. Kept as
 * points in time, which one timer for all calls looks at: stages change with every call and the idle clock is
 * set back with every chunk, so both must cost next to nothing.
 */
export class Deadline {
  #expire: ((hint: TimeoutHint) => void) | null;
  readonly #totalAtMs: number;
  #stageMs = 0;
  #stageHint: TimeoutHint = 'total_timeout';
  #stageAtMs = Number.POSITIVE_INFINITY;

  constructor(totalMs: number, expire: (hint: TimeoutHint) => void) {
    this.#expire = expire;
    const nowMs = performance.now();
    this.#totalAtMs = nowMs + totalMs;
    running.add(this);
    wakeAt(this.#totalAtMs, nowMs);
  }

  /** Enters a stage, leaving the one before. */
  enter(ms: number, hint: TimeoutHint): void {
    const nowMs = performance.now();
    this.#stageMs = ms;
    this.#stageHint = hint;
    this.#stageAtMs = nowMs + ms;
    wakeAt(this.#stageAtMs, nowMs);
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
    running.delete(this);
    // A set that outgrows its table leaves the old one behind, and what was in it, for long: the call must not be.
    this.#expire = null;
  }

  /** Expires where a clock has run out. Answers when to look again. */
  look(nowMs: number): number {
    if (nowMs >= this.#totalAtMs) this.#expire?.('total_timeout');
    else if (nowMs >= this.#stageAtMs) this.#expire?.(this.#stageHint);
    return Math.min(this.#totalAtMs, this.#stageAtMs);
  }
}

const running = new Set<Deadline>();
let timer: NodeJS.Timeout | null = null;
let wakesAtMs = Number.POSITIVE_INFINITY;

/** The timer stays set when calls end, for those to come; it does not keep the process alive, their sockets do. */
function wakeAt(atMs: number, nowMs: number): void {
  const nextMs = Math.min(atMs, nowMs + longestSleepMs);
  if (nextMs >= wakesAtMs) return;
  if (timer !== null) clearTimeout(timer);
  wakesAtMs = nextMs;
  timer = setTimeout(wake, nextMs - nowMs).unref();
}

function wake(): void {
  timer = null;
  wakesAtMs = Number.POSITIVE_INFINITY;
  const nowMs = performance.now();
  let nextMs = Number.POSITIVE_INFINITY;
  for (const deadline of running) {
    const lookAtMs = deadline.look(nowMs);
    if (running.has(deadline)) nextMs = Math.min(nextMs, lookAtMs);
  }
  if (running.size > 0) wakeAt(nextMs, nowMs);
}
