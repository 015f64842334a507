import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { ClaimedTask } from './claimed-task.ts';
import { groupCalls } from './group-calls.ts';

export interface HeldBackTask {
  readonly task: ClaimedTask;
  readonly lane: string;
  /** The model that has reached its limit. */
  readonly slug: string;
  /** The step is the first of every task of this version: then the other new tasks of the batch would be held back as well. */
  readonly isFirstStep: boolean;
}

/** Puts tasks back whose model has reached its limit: they hold nothing, and are claimed again when it has room. */
export function createHoldBack({ db }: Pick<Database, 'db'>): (held: HeldBackTask) => Promise<void> {
  return groupCalls(async (held: readonly HeldBackTask[]) => {
    const rows = held.map(({ task, lane, slug }) => ({ organization_id: task.organization_id, id: task.id, lane, waits_for: slug }));
    await db.transaction(async (tx) => {
      // A limit that is lifted meanwhile waits for this, and then lets these tasks go too.
      await tx.execute(sql`
        select 1 from concurrency_limits l where (l.organization_id, l.slug) in (${valuesOf(held)}) for key share`);
      await tx.execute(sql`
        update tasks t set state = 'pending', lane = null, waits_for = l.slug
        from json_populate_recordset(null::tasks, ${JSON.stringify(rows)}::json) a
        left join concurrency_limits l on l.organization_id = a.organization_id and l.slug = a.waits_for
        where t.organization_id = a.organization_id and t.id = a.id and t.lane = a.lane and t.state = 'in_progress'`);
    });
    for (const each of firstOfBatches(held)) await holdBackBatch(db, each);
    return held.map(() => undefined);
  });
}

/** Claiming thousands of tasks one by one only to put them back would cost more than the calls that may be made meanwhile. */
async function holdBackBatch(db: Database['db'], { task, slug }: HeldBackTask): Promise<void> {
  const { organization_id: organizationId, batch_id: batchId, version } = task;
  await db.transaction(async (tx) => {
    const limit = sql`select 1 from concurrency_limits where organization_id = ${organizationId} and slug = ${slug} for key share`;
    if ((await tx.execute(limit)).rows.length === 0) return;
    await tx.execute(sql`
      update tasks set waits_for = ${slug} where (organization_id, id) in (
        select organization_id, id from tasks
        where organization_id = ${organizationId} and batch_id = ${batchId} and version = ${version}
          and state = 'pending' and waits_for is null and started_at is null
        order by id for no key update skip locked
      )`);
  });
}

function firstOfBatches(held: readonly HeldBackTask[]): readonly HeldBackTask[] {
  const inBatches = held.filter(({ task, isFirstStep }) => isFirstStep && task.batch_id !== null);
  return [...new Map(inBatches.map((each) => [`${each.task.batch_id}/${each.task.version}`, each])).values()];
}

function valuesOf(held: readonly HeldBackTask[]) {
  const pairs = new Map(
    held.map(({ task, slug }) => [`${task.organization_id}/${slug}`, sql`(${task.organization_id}::uuid, ${slug}::text)`]),
  );
  return sql.join([...pairs.values()], sql`, `);
}
