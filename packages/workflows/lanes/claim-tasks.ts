import type { Database } from '@pipelines/database';
import type { ClaimedTask } from './claimed-task.ts';

const returned = 't.organization_id, t.id, t.workflow_id, t.version, t.batch_id, t.input';

/**
 * Fair: whoever has the fewest tasks under way is next, organizations first, then batches within one.
 * Only the heads of the batches are looked at, so that it costs the same however long the queue is.
 */
const claimText = `
with busy as (
  select organization_id, batch_id, count(*) as tasks from tasks where lane is not null group by 1, 2
), queues as (
  select b.organization_id, b.id as batch_id, b.created_at from batches b
  join workflows w on w.organization_id = b.organization_id and w.id = b.workflow_id
  where b.state = 'running' and w.state <> 'paused'
), heads as (
  select head.organization_id, head.id, q.batch_id, q.created_at,
    row_number() over (partition by q.organization_id, q.batch_id order by head.row) + coalesce(busy.tasks, 0) as turn
  from queues q
  cross join lateral (
    select organization_id, id, row from tasks
    where organization_id = q.organization_id and batch_id = q.batch_id and state = 'pending' order by row limit $2
  ) head
  left join busy on busy.organization_id = q.organization_id and busy.batch_id = q.batch_id
), ranked as (
  select h.organization_id, h.id, h.turn,
    row_number() over (partition by h.organization_id order by h.turn, h.created_at)
      + coalesce((select sum(tasks) from busy where busy.organization_id = h.organization_id), 0) as organization_turn
  from heads h
), picked as (
  select t.organization_id, t.id, t.started_at from tasks t
  where t.state = 'pending' and (t.organization_id, t.id) in (
    select organization_id, id from ranked order by organization_turn, turn limit $2
  )
  for no key update skip locked
)
update tasks t set state = 'in_progress', lane = $1, started_at = coalesce(t.started_at, now())
from picked where t.organization_id = picked.organization_id and t.id = picked.id
returning ${returned}, picked.started_at is not null as begun`;

/** Takes up to `limit` pending tasks for a lane. */
export async function claimTasks({ pool }: Pick<Database, 'pool'>, lane: string, limit: number): Promise<ClaimedTask[]> {
  const { rows } = await pool.query<ClaimedTask>(claimText, [lane, limit]);
  return rows;
}

/** Whether anything could be claimed. */
export async function hasPendingTasks({ pool }: Pick<Database, 'pool'>): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from batches b join workflows w on w.organization_id = b.organization_id and w.id = b.workflow_id
     where b.state = 'running' and w.state <> 'paused'
       and exists (select 1 from tasks t where t.organization_id = b.organization_id and t.batch_id = b.id and t.state = 'pending')
     limit 1`,
  );
  return rows.length > 0;
}

/** Takes over what an earlier life of this lane was driving. From then on that life, should it still breathe, can write nothing. */
export async function adoptTasks({ pool }: Pick<Database, 'pool'>, workflowId: string, lane: string): Promise<ClaimedTask[]> {
  const { rows } = await pool.query<ClaimedTask>(
    `update tasks t set lane = $2 where t.lane is not null and split_part(t.lane, ':', 1) = $1 and t.state = 'in_progress'
     returning ${returned}, true as begun`,
    [workflowId, lane],
  );
  return rows;
}

/** The lanes that drive tasks right now, or should. */
export async function listDrivingLanes({ pool }: Pick<Database, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(`select distinct split_part(lane, ':', 1) as id from tasks where lane is not null`);
  return rows.map((row) => row.id);
}

/** Puts back whatever these lanes were driving. */
export async function releaseLanes({ pool }: Pick<Database, 'pool'>, workflowIds: readonly string[]): Promise<void> {
  await pool.query(
    `update tasks set state = 'pending', lane = null
     where lane is not null and split_part(lane, ':', 1) = any($1) and state = 'in_progress'`,
    [workflowIds],
  );
}

/** Puts tasks back for whoever comes next. */
export async function releaseTasks({ pool }: Pick<Database, 'pool'>, lane: string, ids: readonly string[]): Promise<void> {
  await pool.query(`update tasks set state = 'pending', lane = null where lane = $1 and id = any($2::uuid[]) and state = 'in_progress'`, [
    lane,
    ids,
  ]);
}
