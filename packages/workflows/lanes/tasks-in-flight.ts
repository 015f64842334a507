import type { ClaimedTask } from './claimed-task.ts';

/** What a driven task and those who watch over it tell each other. */
export interface FlightSigns {
  /** Aborted when the task must be let go of. */
  readonly signal: AbortSignal;
  /** To be called once nothing is left of the task but to be written down. */
  readonly ending: () => void;
}

interface Flight {
  readonly task: ClaimedTask;
  readonly lane: string;
  readonly abort: AbortController;
  /** Nothing is left of it but to be written down. */
  isEnding: boolean;
}

/** The tasks that this process drives right now, over all its lanes. */
export class TasksInFlight {
  readonly #limit: number;
  readonly #flights = new Map<string, Flight>();
  #ending = 0;
  #changed = false;
  #tell: (() => void) | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many may be claimed: one that only waits for the disk leaves its place to the next, so long as those do not pile up. */
  free(): number {
    return Math.max(0, Math.min(this.#limit + this.#ending, 2 * this.#limit) - this.#flights.size);
  }

  of(lane: string): number {
    let count = 0;
    for (const flight of this.#flights.values()) if (flight.lane === lane) count += 1;
    return count;
  }

  /** `run` never rejects. */
  drive(task: ClaimedTask, run: (signs: FlightSigns) => Promise<void>, lane: string): void {
    const flight = { task, lane, abort: new AbortController(), isEnding: false };
    this.#flights.set(task.id, flight);
    const ending = () => {
      if (flight.isEnding) return;
      flight.isEnding = true;
      this.#ending += 1;
      this.announce();
    };
    void run({ signal: flight.abort.signal, ending }).then(() => {
      if (flight.isEnding) this.#ending -= 1;
      if (this.#flights.get(task.id) === flight) this.#flights.delete(task.id);
      this.announce();
    });
  }

  /** Lets go of those that `which` names: a call that is out is canceled at the provider. */
  abort(which: (task: ClaimedTask, lane: string) => boolean): void {
    for (const { task, lane, abort } of this.#flights.values()) if (which(task, lane)) abort.abort();
  }

  get ids(): readonly string[] {
    return [...this.#flights.keys()];
  }

  announce(): void {
    this.#changed = true;
    this.#tell?.();
  }

  /** Resolves when a task has ended or something was announced since the last time, or after the time. */
  async changed(timeoutMs: number): Promise<void> {
    if (!this.#changed) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
    }
    this.#changed = false;
  }
}
