import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray, sql } from 'drizzle-orm';

const { batches, tasks, stepRuns } = schema;

/** What is summed over the tasks of a batch. Costs are exact decimals, summed and scaled by PostgreSQL. */
export interface BatchSums {
  /** By state; states without tasks are missing. */
  readonly counts: Readonly<Record<string, number>>;
  readonly ended: number;
  /** Tasks that wait for a review: nobody drives them, so that no rate tells when they end. */
  readonly waiting: number;
  /** Tasks ended a minute, over the last five or since the beginning; null when none has ended. */
  readonly ratePerMinute: number | null;
  readonly lastFinishedAt: string | null;
  readonly cost: string;
  readonly unknownCostCalls: number;
  readonly projectedCost: string | null;
}

const none: BatchSums = {
  counts: {},
  ended: 0,
  waiting: 0,
  ratePerMinute: null,
  lastFinishedAt: null,
  cost: '0',
  unknownCostCalls: 0,
  projectedCost: null,
};

interface SumRow extends Record<string, unknown> {
  readonly id: string;
  readonly counts: Record<string, number>;
  readonly ended: string;
  readonly waiting: string;
  readonly rate: string | null;
  readonly last_finished_ms: string | null;
  readonly cost: string;
  readonly unknown_calls: string;
  readonly projected: string | null;
}

const open = sql.raw("('pending', 'in_progress', 'paused')");

/** The sums of each of these batches. Costs are looked up task by task: what else the organization has run is not gone through. */
export async function sumBatches(
  db: Queries | Transaction,
  organizationId: string,
  batchIds: readonly string[],
): Promise<(batchId: string) => BatchSums> {
  if (batchIds.length === 0) return () => none;
  const ofBatches = and(eq(tasks.organizationId, organizationId), inArray(tasks.batchId, [...batchIds]));
  const result = await db.execute<SumRow>(sql`
    with states as (
      select batch_id, state, count(*) as tasks, max(finished_at) as last,
        count(*) filter (where state = 'in_progress' and lane is null) as waiting,
        count(*) filter (where state not in ${open} and finished_at > now() - interval '5 minutes') as recent
      from ${tasks} where ${ofBatches} group by batch_id, state
    ), sums as (
      select batch_id, jsonb_object_agg(state, tasks) as counts, max(last) as last, sum(recent) as recent, sum(waiting) as waiting,
        coalesce(sum(tasks) filter (where state not in ${open}), 0) as ended
      from states group by batch_id
    ), costs as (
      select batch_id, sum(of_task.cost) as cost, sum(of_task.unknown_calls) as unknown_calls
      from ${tasks} cross join lateral (
        select sum(${stepRuns.cost}) as cost, sum(${stepRuns.unknownCostCalls}) as unknown_calls
        from ${stepRuns} where ${stepRuns.organizationId} = ${tasks.organizationId} and ${stepRuns.taskId} = ${tasks.id}
      ) of_task
      where ${ofBatches} group by batch_id
    )
    select ${batches.id}, sums.counts, sums.ended, sums.waiting,
      round((sums.recent * 60 / greatest(least(extract(epoch from now() - ${batches.createdAt}), 300), 1))::numeric, 2) as rate,
      round(extract(epoch from sums.last) * 1000) as last_finished_ms,
      trim_scale(coalesce(costs.cost, 0)) as cost, coalesce(costs.unknown_calls, 0) as unknown_calls,
      trim_scale(round(coalesce(costs.cost, 0) * ${batches.total} / nullif(sums.ended, 0), 18)) as projected
    from ${batches} join sums on sums.batch_id = ${batches.id} left join costs on costs.batch_id = ${batches.id}
    where ${batches.organizationId} = ${organizationId}`);
  const byBatch = new Map(result.rows.map((row) => [row.id, toSums(row)]));
  return (batchId) => byBatch.get(batchId) ?? none;
}

function toSums(row: SumRow): BatchSums {
  return {
    counts: row.counts,
    ended: Number(row.ended),
    waiting: Number(row.waiting),
    ratePerMinute: Number(row.rate) > 0 ? Number(row.rate) : null,
    lastFinishedAt: row.last_finished_ms === null ? null : new Date(Number(row.last_finished_ms)).toISOString(),
    cost: row.cost,
    unknownCostCalls: Number(row.unknown_calls),
    projectedCost: row.projected,
  };
}
