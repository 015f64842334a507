import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { ContentBudget } from './bounded-bytes.ts';
import type { ContentVault } from './content-vault.ts';
import type { DraftedContent } from './create-draft.ts';
import { insertContents } from './insert-contents.ts';
import { type SealedRow, sealDraft } from './seal-draft.ts';

export interface ContentWriterOptions {
  readonly database: Pick<Database, 'db'>;
  readonly vault: ContentVault;
  readonly budget: ContentBudget;
  readonly log: Log;
}

interface Waiting {
  readonly contents: readonly DraftedContent[];
  readonly bytes: number;
}

const writeEveryMs = 250;
const retryAfterMs = 2_000;
const callsAtOnce = 50;
/** Beyond this many the oldest are dropped: the database is away for long, and memory is not a disk. */
const maxWaitingCalls = 2_000;

/** Seals and writes contents in batches, off the hot path. What cannot be written waits in memory, within bounds. */
export class ContentWriter {
  readonly #options: ContentWriterOptions;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();
  #dropped = 0;

  constructor(options: ContentWriterOptions) {
    this.#options = options;
  }

  add(contents: readonly DraftedContent[], bytes: number): void {
    if (contents.length === 0) {
      this.#options.budget.give(bytes);
      return;
    }
    this.#waiting.push({ contents, bytes });
    if (this.#waiting.length > maxWaitingCalls) this.#drop(1);
    this.#schedule(writeEveryMs);
  }

  /** Resolves when all that has ended is written; rejects while the database cannot take it. */
  flush(): Promise<void> {
    const mine = this.#turn.then(() => this.#writeAll());
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Writes what waits, if the database is there. Never rejects. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.flush().catch(() => this.#drop(this.#waiting.length));
    this.#tellDropped();
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tellDropped();
      this.flush().catch((error) => {
        this.#options.log({ event: 'task_failed', task: 'content_log', error: toSafeError(error) });
        this.#schedule(retryAfterMs);
      });
    }, delayMs).unref();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, callsAtOnce);
      const rows = await this.#sealAll(batch);
      if (rows.length > 0) await insertContents(this.#options.database, rows);
      this.#release(batch);
    }
  }

  /** Without those whose secrets could not be taken out: they must not be kept. */
  async #sealAll(batch: readonly Waiting[]): Promise<readonly SealedRow[]> {
    const rows: SealedRow[] = [];
    for (const content of batch.flatMap(({ contents }) => contents)) {
      try {
        rows.push(await sealDraft(this.#options.vault, content));
      } catch (error) {
        if (isOurs(error)) this.#dropped += 1;
        else throw error;
      }
    }
    return rows;
  }

  #release(batch: readonly Waiting[]): void {
    for (const done of batch) {
      const at = this.#waiting.indexOf(done);
      if (at < 0) continue;
      this.#waiting.splice(at, 1);
      this.#options.budget.give(done.bytes);
    }
  }

  #drop(calls: number): void {
    this.#dropped += calls;
    this.#release(this.#waiting.slice(0, calls));
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#options.log({ event: 'content_dropped', calls: this.#dropped });
    this.#dropped = 0;
  }
}

/** The credential cannot be opened, or the data key cannot: no later attempt mends that. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && error.name === 'PipelinesError';
}
