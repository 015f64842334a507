import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { groupCalls } from './group-calls.ts';

/** A run that is about to call a model with a limit. */
export interface AskedSlot {
  readonly organization_id: string;
  readonly step_run_id: string;
  readonly task_id: string;
  readonly slug: string;
  readonly lane: string;
}

export interface ModelSlots {
  /** Whether the run may call its model now. */
  take(asked: AskedSlot): Promise<boolean>;
  free(slot: Pick<AskedSlot, 'organization_id' | 'step_run_id'>): Promise<void>;
}

/** Of the advisory lock under which slots are counted, by one process at a time. */
const countingLock = 7_742;

/** The slots of models with a limit, over all processes. What a worker held that has died counts no more once its tasks are another lane's. */
export function createModelSlots({ db }: Pick<Database, 'db'>): ModelSlots {
  const take = groupCalls(async (asked: readonly AskedSlot[]) => {
    const slots = JSON.stringify(asked);
    const taken = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${countingLock})`);
      await tx.execute(sql`
        delete from model_slots s
        where (s.organization_id, s.slug) in (select organization_id, slug from json_populate_recordset(null::model_slots, ${slots}::json))
          and not exists (select 1 from tasks t where t.organization_id = s.organization_id and t.id = s.task_id and t.lane = s.lane)`);
      const { rows } = await tx.execute<{ step_run_id: string }>(sql`
        with asked as (
          select a.*, row_number() over (partition by organization_id, slug) as place
          from json_populate_recordset(null::model_slots, ${slots}::json) a
        ), used as (
          select organization_id, slug, count(*) as slots from model_slots group by 1, 2
        )
        insert into model_slots (organization_id, step_run_id, task_id, slug, lane)
        select a.organization_id, a.step_run_id, a.task_id, a.slug, a.lane from asked a
        left join used on used.organization_id = a.organization_id and used.slug = a.slug
        left join concurrency_limits l on l.organization_id = a.organization_id and l.slug = a.slug
        where l.at_most is null or coalesce(used.slots, 0) + a.place <= l.at_most
        on conflict (organization_id, step_run_id) do update set slug = excluded.slug, lane = excluded.lane
        returning step_run_id`);
      const ids = new Set(rows.map((row) => row.step_run_id));
      const goOn = asked
        .filter((each) => ids.has(each.step_run_id))
        .map(({ organization_id, task_id: id, lane }) => ({ organization_id, id, lane }));
      await tx.execute(sql`
        update tasks t set waits_for = null from json_populate_recordset(null::tasks, ${JSON.stringify(goOn)}::json) a
        where t.organization_id = a.organization_id and t.id = a.id and t.lane = a.lane and t.waits_for is not null`);
      return ids;
    });
    return asked.map((each) => taken.has(each.step_run_id));
  });

  const free = groupCalls(async (slots: readonly Pick<AskedSlot, 'organization_id' | 'step_run_id'>[]) => {
    await db.execute(sql`
      delete from model_slots s using json_populate_recordset(null::model_slots, ${JSON.stringify(slots)}::json) a
      where s.organization_id = a.organization_id and s.step_run_id = a.step_run_id`);
    return slots.map(() => undefined);
  });

  return { take, free };
}
