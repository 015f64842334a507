/** `closed`: calls go through. `open`: none does, until a moment. `half_open`: one is let through, to see. */
export type CircuitState = 'closed' | 'open' | 'half_open';

const maxFailuresInARow = 5;
/** Of at least so many calls within the window, half may fail. */
const fewestCalls = 20;
const windowMs = 30_000;
const firstPauseMs = 10_000;
const longestPauseMs = 120_000;

/**
 * Keeps calls from a route that is down. Opens after five failures in a row, or when half of at least twenty calls within
 * thirty seconds have failed; after a pause, which doubles each time, one call is let through and decides.
 */
export class CircuitBreaker {
  #failuresInARow = 0;
  #calls = 0;
  #failures = 0;
  #windowEndsMs = 0;
  #opensAgainMs = 0;
  #isOpen = false;
  #pauseMs = firstPauseMs;
  #onTrial = false;

  state(nowMs: number): CircuitState {
    if (!this.#isOpen) return 'closed';
    return nowMs < this.#opensAgainMs ? 'open' : 'half_open';
  }

  /** When an open one lets a call through again; 0 while it is closed. */
  get untilMs(): number {
    return this.#isOpen ? this.#opensAgainMs : 0;
  }

  /** Whether a call may go. Where this is the one that is let through, `begin` says so. */
  allows(nowMs: number): boolean {
    const state = this.state(nowMs);
    return state === 'closed' || (state === 'half_open' && !this.#onTrial);
  }

  begin(nowMs: number): void {
    if (this.state(nowMs) === 'half_open') this.#onTrial = true;
  }

  succeeded(nowMs: number): void {
    this.#onTrial = false;
    this.#failuresInARow = 0;
    if (this.#isOpen) this.#close();
    else this.#count(nowMs, 0);
  }

  failed(nowMs: number): void {
    this.#failuresInARow += 1;
    this.#count(nowMs, 1);
    const isTooMany = this.#failuresInARow >= maxFailuresInARow || (this.#calls >= fewestCalls && this.#failures * 2 >= this.#calls);
    if (this.#onTrial || (isTooMany && !this.#isOpen)) this.#open(nowMs);
  }

  /** A call ended that says nothing about the route. */
  released(): void {
    this.#onTrial = false;
  }

  /** Nothing is known of the route that would have to be kept. */
  isIdle(nowMs: number): boolean {
    return !this.#isOpen && this.#failuresInARow === 0 && nowMs >= this.#windowEndsMs;
  }

  #count(nowMs: number, failures: number): void {
    if (nowMs >= this.#windowEndsMs) {
      this.#calls = 0;
      this.#failures = 0;
      // A window begins with a failure: of a route that works nothing has to be kept.
      if (failures === 0) return;
      this.#windowEndsMs = nowMs + windowMs;
    }
    this.#calls += 1;
    this.#failures += failures;
  }

  #open(nowMs: number): void {
    this.#pauseMs = this.#onTrial ? Math.min(this.#pauseMs * 2, longestPauseMs) : firstPauseMs;
    this.#isOpen = true;
    this.#onTrial = false;
    this.#opensAgainMs = nowMs + this.#pauseMs;
  }

  #close(): void {
    this.#isOpen = false;
    this.#calls = 0;
    this.#failures = 0;
    this.#windowEndsMs = 0;
  }
}
