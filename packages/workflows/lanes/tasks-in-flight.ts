import type { ClaimedTask } from './claimed-task.ts';

interface Flight {
  readonly task: ClaimedTask;
  readonly lane: string;
  readonly abort: AbortController;
}

/** The tasks that this process drives right now, over all its lanes. */
export class TasksInFlight {
  readonly #limit: number;
  readonly #flights = new Map<string, Flight>();
  #changed = false;
  #tell: (() => void) | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  free(): number {
    return Math.max(0, this.#limit - this.#flights.size);
  }

  of(lane: string): number {
    let count = 0;
    for (const flight of this.#flights.values()) if (flight.lane === lane) count += 1;
    return count;
  }

  /** `run` never rejects. */
  drive(task: ClaimedTask, run: (signal: AbortSignal) => Promise<void>, lane: string): void {
    const flight = { task, lane, abort: new AbortController() };
    this.#flights.set(task.id, flight);
    void run(flight.abort.signal).then(() => {
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
