import type { RefusedRow } from '@pipelines/contracts';

/** One row that will be a task. Rows count from 1, as the caller sent them. */
export interface TakenRow {
  readonly row: number;
  readonly externalId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a call has sent, row by row: each is taken, or refused with the reason. */
export interface ReadRows {
  readonly taken: readonly TakenRow[];
  readonly refused: readonly RefusedRow[];
}

/** A call takes no more. */
export const maxRows = 5_000;

/** How a call wants its rows taken. */
export interface CreateTasksOptions {
  /** `all`: every row or none. `valid`: the good ones. Default `all`. */
  readonly rows?: 'all' | 'valid' | undefined;
  /** Of the batch. */
  readonly name?: string | undefined;
  /** The same key for the same workflow gives the batch that it gave before. */
  readonly idempotencyKey: string | null;
}
