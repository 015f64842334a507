/** Tells one watcher of events until `signal` says that they have gone. */
export type Watching<Event> = (tell: (event: Event) => void, signal: AbortSignal) => Promise<void>;

export interface LookOptions {
  /** However often something changes, it is read at most once in this time. */
  readonly atMostEveryMs: number;
  /** Read also when nothing was heard: notices may be lost. */
  readonly atLeastEveryMs: number;
}

/** Calls `look` when it was nudged, and now and then anyway; one call at a time. */
export class Looking {
  #nudged = false;
  #wake: (() => void) | null = null;

  nudge(): void {
    this.#nudged = true;
    this.#wake?.();
  }

  async run(look: () => Promise<void>, { atMostEveryMs, atLeastEveryMs }: LookOptions, signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
    while (!signal.aborted) {
      this.#nudged = false;
      await look();
      await this.#wait(atMostEveryMs, signal, false);
      if (!this.#nudged) await this.#wait(atLeastEveryMs - atMostEveryMs, signal, true);
    }
  }

  async #wait(timeoutMs: number, signal: AbortSignal, untilNudged: boolean): Promise<void> {
    if (signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
      this.#wake = () => {
        if (untilNudged || signal.aborted) resolve();
      };
    });
    clearTimeout(timer);
    this.#wake = null;
  }
}
