import type { Database } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

export const liveChannel = 'pipelines_live';

/** What the processes tell each other about tasks and batches that somebody watches. Nothing of it is stored. */
export type LiveNotice =
  /** Somebody looks at these tasks and batches. Said again while they do. `fresh`: they know nothing yet. */
  | { readonly kind: 'watch'; readonly ids: readonly string[]; readonly fresh: boolean }
  | { readonly kind: 'changed'; readonly id: string }
  | ({ readonly kind: 'answer' } & AnswerPart);

/** A part of an answer that is under way. Each call of a run begins anew. */
export interface AnswerPart {
  readonly taskId: string;
  readonly runId: string;
  readonly call: number;
  readonly from: number;
  readonly text: string;
  readonly thinkingFrom: number;
  readonly thinking: string;
}

/** Of a watch that is not said again. */
export const watchLapsesMs = 25_000;
export const watchEveryMs = 8_000;

/** Part of a transaction that changes a task or a batch: those who watch it hear of it when it commits. */
export function tellWatchers(id: string): SQL {
  const notice: LiveNotice = { kind: 'changed', id };
  return sql`select pg_notify(${liveChannel}, ${JSON.stringify(notice)})`;
}

/** Heard by every process, this one too. A database that is away hears nothing: whoever watches reads anew anyway. */
export function sendNotice({ pool }: Pick<Database, 'pool'>, notice: LiveNotice): void {
  pool.query('select pg_notify($1, $2)', [liveChannel, JSON.stringify(notice)]).catch(() => undefined);
}
