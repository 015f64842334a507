/** The database's time, as far as it is known: all processes then count in the same minutes and days. */
export interface Clock {
  /** Milliseconds since 1970. Goes on evenly, whatever happens to the clock of this machine. */
  now(): number;
  /** The database has just told its time. */
  set(epochMs: number): void;
}

export function createClock(): Clock {
  let offsetMs = Date.now() - performance.now();
  return {
    now: () => offsetMs + performance.now(),
    set(epochMs) {
      offsetMs = epochMs - performance.now();
    },
  };
}
