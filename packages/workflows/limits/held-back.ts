import type { HeldBackBy } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';

interface HeldBackRow extends Record<string, unknown> {
  readonly batch_id: string;
  readonly limit: HeldBackBy['limit'];
  readonly slug: string | null;
  readonly at_most: number;
}

/** The limits that keep tasks of each of these batches from beginning right now. */
export async function readHeldBack(
  db: Queries | Transaction,
  organizationId: string,
  batchIds: readonly string[],
): Promise<(batchId: string) => HeldBackBy[]> {
  if (batchIds.length === 0) return () => [];
  const { rows } = await db.execute<HeldBackRow>(sql`
    with asked as (
      select b.id, b.workflow_id from batches b join workflows w on w.organization_id = b.organization_id and w.id = b.workflow_id
      where b.organization_id = ${organizationId} and b.id in (${sql.join(
        batchIds.map((id) => sql`${id}::uuid`),
        sql`, `,
      )})
        and b.state = 'running' and w.state <> 'paused'
        and exists (select 1 from tasks t where t.organization_id = b.organization_id and t.batch_id = b.id and t.state = 'pending')
    ), busy as (
      select workflow_id, count(*) as tasks from tasks where organization_id = ${organizationId} and lane is not null group by 1
    )
    select a.id as batch_id, l.slug, l.at_most,
      case when l.slug is not null then 'model' when l.workflow_id is not null then 'workflow' else 'organization' end as limit
    from asked a join concurrency_limits l on l.organization_id = ${organizationId}
      and (l.workflow_id is null or l.workflow_id = a.workflow_id)
    where case
      when l.slug is not null then exists (
        select 1 from tasks t where t.organization_id = ${organizationId} and t.batch_id = a.id and t.state = 'pending' and t.waits_for = l.slug)
      else l.at_most <= coalesce((select sum(tasks) from busy where l.workflow_id is null or busy.workflow_id = l.workflow_id), 0)
    end
    order by l.slug nulls first, l.workflow_id`);
  return (batchId) => rows.filter((row) => row.batch_id === batchId).map(({ limit, slug, at_most }) => ({ limit, slug, at_most }));
}
