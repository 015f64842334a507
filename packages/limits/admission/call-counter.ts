/** What other processes have counted lately. */
export interface CountedElsewhere {
  readonly minute: number;
  readonly requests: number;
  readonly tokens: number;
  readonly earlierRequests: number;
  readonly earlierTokens: number;
  readonly concurrent: number;
}

export type Rate = 'requests' | 'tokens';

const minuteMs = 60_000;
/** What others had out counts so long after they were last heard of. */
const heardForMs = 5_000;
const nothingElsewhere: CountedElsewhere = { minute: 0, requests: 0, tokens: 0, earlierRequests: 0, earlierTokens: 0, concurrent: 0 };

/**
 * The calls of one subject: of this minute, of the one before, and those that are out. The last sixty seconds are taken
 * as what this minute has, and of the minute before as much as still lies in them.
 */
export class CallCounter {
  minute = 0;
  requests = 0;
  tokens = 0;
  earlierRequests = 0;
  earlierTokens = 0;
  concurrent = 0;
  #elsewhere: CountedElsewhere = nothingElsewhere;
  #heardMs = Number.NEGATIVE_INFINITY;
  /** Until the others have been told. */
  changed = false;

  /** @param requests 0 where the call was counted before */
  begin(nowMs: number, requests: number, tokens: number): void {
    this.#turnTo(nowMs);
    this.requests += requests;
    this.tokens += tokens;
    this.concurrent += 1;
    this.changed = true;
  }

  end(): void {
    this.concurrent -= 1;
    this.changed = true;
  }

  /** More or less than was thought, of a call that began in `minute`. Older minutes count no more. */
  correct(minute: number, nowMs: number, requests: number, tokens: number): void {
    this.#turnTo(nowMs);
    if (minute === this.minute) {
      this.requests += requests;
      this.tokens += tokens;
    } else if (minute === this.minute - 1) {
      this.earlierRequests += requests;
      this.earlierTokens += tokens;
    }
    this.changed = true;
  }

  /** What counts right now, over all processes. */
  used(rate: Rate, nowMs: number): number {
    const { current, earlier } = this.#counts(rate, nowMs);
    return current + Math.floor(earlier * (1 - fractionOf(nowMs)));
  }

  get allConcurrent(): number {
    const heard = performance.now() - this.#heardMs < heardForMs;
    return this.concurrent + (heard ? this.#elsewhere.concurrent : 0);
  }

  /** What the others have counted; null: none of them has. */
  hear(elsewhere: CountedElsewhere | null): void {
    this.#elsewhere = elsewhere ?? nothingElsewhere;
    this.#heardMs = performance.now();
  }

  /** How long it takes until `more` fit under a limit: 0 where they do, infinite where they never will. */
  secondsUntil(rate: Rate, limit: number, more: number, nowMs: number): number {
    if (more > limit) return Number.POSITIVE_INFINITY;
    if (this.used(rate, nowMs) + more <= limit) return 0;
    const { current, earlier } = this.#counts(rate, nowMs);
    const untilNextMs = minuteMs - (nowMs % minuteMs);
    const spare = limit - more - current + 1;
    // The earlier minute fades; or, where this one has too much by itself, it must fade in the next.
    const waitMs =
      spare > 0 ? minuteMs * (1 - spare / earlier) - (nowMs % minuteMs) : untilNextMs + minuteMs * (1 - (limit - more + 1) / current);
    // A moment later: at the very end of the wait it would not fit yet.
    return Math.floor(Math.max(waitMs, spare > 0 ? 0 : untilNextMs) / 1_000) + 1;
  }

  #counts(rate: Rate, nowMs: number): { readonly current: number; readonly earlier: number } {
    this.#turnTo(nowMs);
    const { minute, requests, tokens, earlierRequests, earlierTokens } = this.#elsewhere;
    const [theirs, theirEarlier] = rate === 'requests' ? [requests, earlierRequests] : [tokens, earlierTokens];
    const own = rate === 'requests' ? this.requests : this.tokens;
    const ownEarlier = rate === 'requests' ? this.earlierRequests : this.earlierTokens;
    if (minute === this.minute) return { current: own + theirs, earlier: ownEarlier + theirEarlier };
    return { current: own, earlier: ownEarlier + (minute === this.minute - 1 ? theirs : 0) };
  }

  #turnTo(nowMs: number): void {
    const minute = minuteOf(nowMs);
    if (minute <= this.minute) return;
    const follows = minute === this.minute + 1;
    this.earlierRequests = follows ? this.requests : 0;
    this.earlierTokens = follows ? this.tokens : 0;
    this.requests = 0;
    this.tokens = 0;
    this.minute = minute;
  }
}

export function minuteOf(nowMs: number): number {
  return Math.floor(nowMs / minuteMs);
}

function fractionOf(nowMs: number): number {
  return (nowMs % minuteMs) / minuteMs;
}
