import type { Database } from '@pipelines/database';
import { stepRunColumns } from './step-run-row.ts';

/** What is written of one task at once. */
export interface MemoEntry {
  readonly organizationId: string;
  readonly taskId: string;
  /** Rows of `step_runs`, each run once. */
  readonly rows: readonly Record<string, unknown>[];
  readonly end: { readonly state: string; readonly output: unknown; readonly error: unknown } | null;
}

export interface WrittenTask {
  readonly id: string;
  /** False: its batch or workflow has been paused, and no run that begins was written. */
  readonly goes_on: boolean;
}

const columns = stepRunColumns.join(', ');
const settled = ['tries', 'state', 'input', 'output', 'port', 'error', 'thinking', 'cost', 'unknown_cost_calls', 'finished_at'];

/**
 * Only tasks that this lane drives are written, so that nobody writes into what was canceled or taken over. A finished run
 * stays as it is. `|| ''`: each task is found by its key, not by going through all that have been driven lately.
 */
const writeText = `
with asked as (
  select * from json_to_recordset($2::json) as a (organization_id uuid, id uuid) order by id
), mine as (
  select t.organization_id, t.id, b.state is distinct from 'paused' and w.state <> 'paused' as goes_on
  from asked a
  cross join lateral (
    select t.organization_id, t.id, t.workflow_id, t.batch_id from tasks t
    where t.organization_id = a.organization_id and t.id = a.id and t.lane || '' = $1 and t.state || '' = 'in_progress'
    for no key update
  ) t
  join workflows w on w.organization_id = t.organization_id and w.id = t.workflow_id
  left join batches b on b.organization_id = t.organization_id and b.id = t.batch_id
), written as (
  insert into step_runs (${columns})
  select ${stepRunColumns.map((name) => `r.${name}`).join(', ')}
  from json_populate_recordset(null::step_runs, $3::json) r
  join mine on mine.organization_id = r.organization_id and mine.id = r.task_id
  where mine.goes_on or r.state <> 'running'
  on conflict (organization_id, id) do update set ${settled.map((name) => `${name} = excluded.${name}`).join(', ')}
  where step_runs.state <> 'finished'
), ended as (
  update tasks t set state = e.state, output = e.output, error = e.error, finished_at = now(), lane = null
  from json_to_recordset($4::json) as e (organization_id uuid, id uuid, state text, output jsonb, error jsonb), mine
  where t.organization_id = e.organization_id and t.id = e.id and mine.organization_id = t.organization_id and mine.id = t.id
)
select id, goes_on from mine`;

/** Writes entries of many tasks in one statement. Answers the tasks that were still the lane's. */
export async function writeMemo(
  { pool }: Pick<Database, 'pool'>,
  lane: string,
  entries: readonly MemoEntry[],
): Promise<ReadonlyMap<string, WrittenTask>> {
  const key = ({ organizationId, taskId }: MemoEntry) => ({ organization_id: organizationId, id: taskId });
  const ends = entries.flatMap((entry) => (entry.end === null ? [] : [{ ...key(entry), ...entry.end }]));
  const { rows } = await pool.query<WrittenTask>({
    name: 'write_memo',
    text: writeText,
    values: [lane, JSON.stringify(entries.map(key)), JSON.stringify(entries.flatMap((entry) => entry.rows)), JSON.stringify(ends)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}
