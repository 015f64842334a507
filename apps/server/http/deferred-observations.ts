const maxWaiting = 256;

/** Observations of a histogram, handed on in groups: one by one, each costs several times as much. */
export class DeferredObservations {
  readonly #observe: (label: string, seconds: number) => void;
  readonly #labels: string[] = [];
  readonly #seconds: number[] = [];

  constructor(observe: (label: string, seconds: number) => void) {
    this.#observe = observe;
  }

  add(label: string, seconds: number): void {
    this.#labels.push(label);
    this.#seconds.push(seconds);
    if (this.#labels.length >= maxWaiting) this.flush();
  }

  flush(): void {
    for (const [index, label] of this.#labels.entries()) this.#observe(label, this.#seconds[index] as number);
    this.#labels.length = 0;
    this.#seconds.length = 0;
  }
}
