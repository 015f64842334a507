import type { Queries } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

/** Calls to a model in a period. Costs are exact decimals, the known ones only. */
export interface CallCounts {
  readonly calls: number;
  readonly cost: string;
  readonly unknown_cost_calls: number;
  readonly last_call_at: string | null;
}

export const noCalls: CallCounts = { calls: 0, cost: '0', unknown_cost_calls: 0, last_call_at: null };

interface CountRow extends Record<string, unknown> {
  readonly id: string;
  readonly calls: string;
  readonly cost: string;
  readonly unknown_cost_calls: string;
  readonly last_call_ms: string;
}

const counts = sql`count(*) as calls, trim_scale(coalesce(sum(a.cost), 0)) as cost, count(*) filter (where a.cost is null and a.status <> 'failed') as unknown_cost_calls,
  round(extract(epoch from max(a.started_at)) * 1000) as last_call_ms`;

/** Of each workflow that has called the model. `offset 0`: each call's task is found by its key, whatever is known yet of how the tables have grown. */
export function countWorkflowCalls(db: Queries, organizationId: string, slug: string, since: Date): Promise<Map<string, CallCounts>> {
  return count(
    db,
    sql`select t.workflow_id as id, ${counts} from attempts a
      cross join lateral (
        select task_id from step_runs s where s.organization_id = a.organization_id and s.id = a.step_run_id offset 0
      ) s
      cross join lateral (
        select workflow_id from tasks t where t.organization_id = a.organization_id and t.id = s.task_id offset 0
      ) t
      where a.organization_id = ${organizationId} and a.slug = ${slug} and a.started_at >= ${since.toISOString()} and a.source = 'workflow'
      group by t.workflow_id`,
  );
}

/** Of each API key that has called the model by the gateway: its tests do not count. */
export function countKeyCalls(db: Queries, organizationId: string, slug: string, since: Date): Promise<Map<string, CallCounts>> {
  return count(
    db,
    sql`select a.api_key_id as id, ${counts} from attempts a
      where a.organization_id = ${organizationId} and a.slug = ${slug} and a.started_at >= ${since.toISOString()} and a.source = 'gateway'
        and a.api_key_id is not null
      group by a.api_key_id`,
  );
}

async function count(db: Queries, query: SQL): Promise<Map<string, CallCounts>> {
  const { rows } = await db.execute<CountRow>(query);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        calls: Number(row.calls),
        cost: row.cost,
        unknown_cost_calls: Number(row.unknown_cost_calls),
        last_call_at: new Date(Number(row.last_call_ms)).toISOString(),
      },
    ]),
  );
}
