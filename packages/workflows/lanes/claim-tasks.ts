import type { Database } from '@pipelines/database';
import type { ClaimedTask } from './claimed-task.ts';

const returned = 't.organization_id, t.id, t.workflow_id, t.version, t.batch_id, t.input';

/**
 * What may be claimed, and in which order. Fair: whoever has the fewest tasks under way is next, organizations first,
 * then batches within one. A limit takes away what lies beyond it before the next is asked, so that whatever one limit
 * holds back takes no place from others. Only the heads of the batches are looked at, so that it costs the same however
 * long the queue is. $1: how many at most.
 */
const rankedText = `
with busy as (
  select organization_id, workflow_id, batch_id, count(*) as tasks from tasks where lane is not null group by 1, 2, 3
), model_room as (
  select l.organization_id, l.slug, l.at_most
    - (select count(*) from model_slots s join tasks t on t.organization_id = s.organization_id and t.id = s.task_id and t.lane = s.lane
       where s.organization_id = l.organization_id and s.slug = l.slug)
    - (select count(*) from tasks t where t.organization_id = l.organization_id and t.lane is not null and t.waits_for = l.slug) as room
  from concurrency_limits l where l.slug is not null
), queues as (
  select b.organization_id, b.id as batch_id, b.workflow_id, b.created_at,
    coalesce(whole.at_most - (select sum(tasks) from busy where organization_id = b.organization_id), whole.at_most, $1) as organization_room,
    coalesce(own.at_most - (select sum(tasks) from busy where organization_id = b.organization_id and workflow_id = b.workflow_id),
      own.at_most, $1) as workflow_room
  from batches b
  join workflows w on w.organization_id = b.organization_id and w.id = b.workflow_id
  left join concurrency_limits whole on whole.organization_id = b.organization_id and whole.workflow_id is null and whole.slug is null
  left join concurrency_limits own on own.organization_id = b.organization_id and own.workflow_id = b.workflow_id
  where b.state = 'running' and w.state <> 'paused'
), heads as (
  select head.organization_id, head.id, head.waits_for, q.workflow_id, q.created_at, q.organization_room, q.workflow_room,
    row_number() over (partition by q.organization_id, q.batch_id order by head.row) + coalesce(busy.tasks, 0) as turn
  from queues q
  cross join lateral (
    (select organization_id, id, row, waits_for from tasks
     where organization_id = q.organization_id and batch_id = q.batch_id and state = 'pending' and waits_for is null
     order by waits_for, row limit $1)
    union all
    (select waiting.* from model_room m cross join lateral (
       select organization_id, id, row, waits_for from tasks
       where organization_id = q.organization_id and batch_id = q.batch_id and state = 'pending' and waits_for = m.slug
       order by row limit m.room
     ) waiting where m.organization_id = q.organization_id and m.room > 0)
  ) head
  left join busy on busy.organization_id = q.organization_id and busy.batch_id = q.batch_id
  where q.organization_room > 0 and q.workflow_room > 0
), in_workflow as (
  select *, row_number() over (partition by organization_id, workflow_id order by turn, created_at) as place from heads
), on_model as (
  select h.*, row_number() over (partition by h.organization_id, h.waits_for order by h.turn, h.created_at) as model_place
  from in_workflow h where h.place <= h.workflow_room
), in_organization as (
  select h.organization_id, h.id, h.turn, h.organization_room,
    row_number() over (partition by h.organization_id order by h.turn, h.created_at) as place
  from on_model h left join model_room m on m.organization_id = h.organization_id and m.slug = h.waits_for
  where h.waits_for is null or h.model_place <= m.room
), ranked as (
  select h.organization_id, h.id, h.turn,
    h.place + coalesce((select sum(tasks) from busy where busy.organization_id = h.organization_id), 0) as organization_turn
  from in_organization h where h.place <= h.organization_room
)`;

/** The same where nothing has a limit, which costs less; nothing at all where something has one after all. */
const unlimitedText = `
with busy as (
  select organization_id, batch_id, count(*) as tasks from tasks where lane is not null group by 1, 2
), heads as (
  select head.organization_id, head.id, b.created_at,
    row_number() over (partition by b.organization_id, b.id order by head.row) + coalesce(busy.tasks, 0) as turn
  from batches b
  join workflows w on w.organization_id = b.organization_id and w.id = b.workflow_id
  cross join lateral (
    select organization_id, id, row from tasks
    where organization_id = b.organization_id and batch_id = b.id and state = 'pending' and waits_for is null
    order by waits_for, row limit $1
  ) head
  left join busy on busy.organization_id = b.organization_id and busy.batch_id = b.id
  where b.state = 'running' and w.state <> 'paused' and not exists (select 1 from concurrency_limits)
), ranked as (
  select h.organization_id, h.id, h.turn, row_number() over (partition by h.organization_id order by h.turn, h.created_at)
    + coalesce((select sum(tasks) from busy where busy.organization_id = h.organization_id), 0) as organization_turn
  from heads h
)`;

/**
 * `|| ''`: each is found by its key, not by going through all that are pending. Not waited for on the disk: whatever is
 * written of a task afterwards is, and with it what came before.
 */
const claimTextOf = (ranked: string) => `${ranked}, quickly as (
  select set_config('synchronous_commit', 'off', true)
), chosen as (
  select organization_id, id from ranked order by organization_turn, turn limit $1
), picked as (
  select locked.* from chosen cross join lateral (
    select t.organization_id, t.id, t.started_at from tasks t
    where t.organization_id = chosen.organization_id and t.id = chosen.id and t.state || '' = 'pending'
    for no key update skip locked
  ) locked
)
update tasks t set state = 'in_progress', lane = $2, started_at = coalesce(t.started_at, now())
from picked cross join quickly where t.organization_id = picked.organization_id and t.id = picked.id
returning ${returned}, picked.started_at is not null as begun`;

const claimText = claimTextOf(rankedText);
const unlimitedClaimText = claimTextOf(unlimitedText);

/** Of the advisory lock under which limits are counted: two workers that claim at the same time would both take the last place. */
const claimLock = 7_743;

/** Takes up to `limit` pending tasks for a lane. Where there are limits, one process at a time; `hasLimits` may be a moment old. */
export async function claimTasks(
  { pool }: Pick<Database, 'pool'>,
  lane: string,
  limit: number,
  { hasLimits }: { readonly hasLimits: boolean },
): Promise<ClaimedTask[]> {
  const values = [limit, lane];
  if (!hasLimits) {
    const { rows } = await pool.query<ClaimedTask>({ name: 'claim_unlimited_tasks', text: unlimitedClaimText, values });
    if (rows.length > 0) return rows;
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [claimLock]);
    const { rows } = await client.query<ClaimedTask>({ name: 'claim_tasks', text: claimText, values });
    await client.query('commit');
    client.release();
    return rows;
  } catch (error) {
    // Closed, and what it had begun is undone.
    client.release(true);
    throw error;
  }
}

/** Whether anything could be claimed. */
export async function hasPendingTasks({ pool }: Pick<Database, 'pool'>): Promise<boolean> {
  const { rows } = await pool.query({ name: 'has_pending_tasks', text: `${rankedText} select 1 from ranked limit 1`, values: [1] });
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
