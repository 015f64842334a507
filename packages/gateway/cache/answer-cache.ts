import type { TokenUsage } from '@pipelines/contracts';

/** An answer as a caller got it, to the byte. */
export interface KeptAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
  readonly keptAtMs: number;
  readonly untilMs: number;
}

export interface AnswerCacheOptions {
  /** Of all answers together. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Of one answer. Default 1 MiB. */
  readonly maxAnswerBytes?: number;
  readonly now?: () => number;
}

const sweepEveryMs = 30_000;
/** What an entry takes besides its bytes. */
const entryBytes = 1_024;

/**
 * Answers that are given again to exactly the same request. In the memory of this process only, so that nothing that was
 * said is ever at rest; bounded, and the one that was asked for least lately goes first.
 */
export class AnswerCache {
  readonly maxAnswerBytes: number;
  readonly #maxBytes: number;
  readonly #now: () => number;
  /** The least lately used first. */
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;

  constructor({ maxBytes = 64 * 1024 * 1024, maxAnswerBytes = 1024 * 1024, now = () => performance.now() }: AnswerCacheOptions = {}) {
    this.maxAnswerBytes = maxAnswerBytes;
    this.#maxBytes = maxBytes;
    this.#now = now;
    this.#timer = setInterval(() => this.#dropWhere((answer) => answer.untilMs <= this.#now()), sweepEveryMs);
    this.#timer.unref();
  }

  /** What all answers take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param maxAgeMs how old it may be, where the caller says so */
  find(key: string, maxAgeMs: number | null): (KeptAnswer & { readonly ageMs: number }) | null {
    const answer = this.#answers.get(key);
    if (answer === undefined) return null;
    const nowMs = this.#now();
    const ageMs = nowMs - answer.keptAtMs;
    if (answer.untilMs <= nowMs || (maxAgeMs !== null && ageMs >= maxAgeMs)) return null;
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    return { ...answer, ageMs };
  }

  keep(key: string, answer: Omit<KeptAnswer, 'keptAtMs' | 'untilMs'>, forMs: number): void {
    if (answer.bytes.length > this.maxAnswerBytes) return;
    this.#drop(key);
    const nowMs = this.#now();
    this.#answers.set(key, { ...answer, keptAtMs: nowMs, untilMs: nowMs + forMs });
    this.#bytes += answer.bytes.length + entryBytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  /** Every answer whose key begins so. */
  forget(prefix: string): void {
    this.#dropWhere((_, key) => key.startsWith(prefix));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#answers.clear();
    this.#bytes = 0;
  }

  #dropWhere(which: (answer: KeptAnswer, key: string) => boolean): void {
    for (const [key, answer] of this.#answers) if (which(answer, key)) this.#drop(key);
  }

  #drop(key: string): void {
    const answer = this.#answers.get(key);
    if (answer === undefined) return;
    this.#answers.delete(key);
    this.#bytes -= answer.bytes.length + entryBytes;
  }
}
