import type {
  EvaluationRow,
  EvaluationRowFilter,
  evaluationRowPageSchema,
  evaluationRowsQuerySchema,
  Principal,
} from '@pipelines/contracts';
import type { Queries } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { readRowCursor } from '../datasets/list-datasets.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { type EvaluationRecord, findEvaluation } from './evaluation-rows.ts';
import { rowOutcomes } from './read-outcomes.ts';

/** One page of rows in their order, all candidates side by side. @throws PipelinesError `invalid_request` for a cursor that is none, `not_found` */
export async function listEvaluationRows(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
  { limit, cursor, filter }: z.output<typeof evaluationRowsQuerySchema>,
): Promise<z.infer<typeof evaluationRowPageSchema>> {
  const evaluation = await findEvaluation(db, organizationId, id);
  const rows = await readRows(db, evaluation, { after: readRowCursor(cursor), limit: limit + 1, filter });
  const page = rows.slice(0, limit);
  return { data: page, next_cursor: rows.length > limit ? String(page.at(-1)?.row) : null };
}

export interface RowWindow {
  readonly after: number;
  readonly limit: number;
  readonly filter: EvaluationRowFilter;
}

const filters: Record<Exclude<EvaluationRowFilter, 'all'>, SQL> = {
  differ: sql`count(distinct outcome) > 1`,
  failed: sql`bool_or(outcome = 'fail')`,
  unknown: sql`bool_or(outcome = 'unknown')`,
};

type RowRecord = Omit<EvaluationRow, 'candidates'> & { readonly candidates: EvaluationRow['candidates'] | null };

/** Rows with what every candidate has made of them. One statement: candidates and checks come as JSON. */
export async function readRows(db: Queries, evaluation: EvaluationRecord, { after, limit, filter }: RowWindow): Promise<EvaluationRow[]> {
  const { organizationId, id, datasetId, checks } = evaluation;
  // Rows count without gaps, so that a page of all of them is known beforehand.
  const looked = filter === 'all' ? sql`"row" > ${after} and "row" <= ${after + limit}` : sql`"row" > ${after}`;
  const outcomes = rowOutcomes(organizationId, id, checks.length, looked);
  const passing = filter === 'all' ? sql`` : sql`and d."row" in (select "row" from outcomes group by "row" having ${filters[filter]})`;
  const { rows } = await db.execute<RowRecord & Record<string, unknown>>(sql`
    with outcomes as materialized (${outcomes}), page as materialized (
      select d."row", d.external_id, d.input, d.expected from dataset_rows d
      where d.organization_id = ${organizationId} and d.dataset_id = ${datasetId} and d."row" > ${after} ${passing}
      order by d."row" limit ${limit}
    ), cells as (
      select t."row", jsonb_agg(jsonb_build_object(
          'candidate', c.candidate, 'task_id', t.id, 'state', t.state, 'output', t.output, 'error', t.error,
          'cost', (
            select case when coalesce(bool_and(r.unknown_cost_calls = 0), true) then trim_scale(coalesce(sum(r.cost), 0))::text end
            from step_runs r where r.organization_id = t.organization_id and r.task_id = t.id),
          'latency_ms', case when t.state = 'finished' then round(extract(epoch from t.finished_at - t.started_at) * 1000) end,
          'outcome', nullif(o.outcome, 'open'),
          'checks', coalesce((
            select jsonb_agg(jsonb_build_object('name', k.check_name, 'outcome', k.outcome, 'score', k.score, 'detail', k.detail))
            from check_results k where k.organization_id = t.organization_id and k.evaluation_id = ${id}
              and k.candidate = c.candidate and k."row" = t."row"), '[]')
        ) order by c.candidate) as candidates
      from page
      join evaluation_candidates c on c.organization_id = ${organizationId} and c.evaluation_id = ${id}
      join tasks t on t.organization_id = c.organization_id and t.batch_id = c.batch_id and t."row" = page."row"
      left join outcomes o on o.candidate = c.candidate and o."row" = page."row"
      group by t."row"
    )
    select page.*, cells.candidates from page left join cells using ("row") order by page."row"`);
  const order = new Map(checks.map((check, index) => [check.name, index]));
  return rows.map(({ row, external_id, input, expected, candidates }) => ({
    row,
    external_id,
    input,
    expected,
    candidates: (candidates ?? []).map((each) => ({
      ...each,
      checks: [...each.checks].sort((one, other) => (order.get(one.name) ?? 0) - (order.get(other.name) ?? 0)),
    })),
  }));
}
