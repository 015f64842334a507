import type { Queries } from '@pipelines/database';
import { sql } from 'drizzle-orm';

/** Logged inputs are kept as long as the log keeps them, in replays too; their answers go with them, the numbers stay. */
export async function purgeReplays(db: Queries): Promise<void> {
  await db.execute(sql`
    with old as (
      update replay_items i set sealed_input = null from organizations o
      where o.id = i.organization_id and i.kept_at is not null and i.sealed_input is not null
        and (o.content_retention_days is null or i.kept_at < now() - make_interval(days => o.content_retention_days))
      returning i.organization_id, i.replay_id, i.item)
    update replay_runs r set sealed_answer = null from old
    where r.organization_id = old.organization_id and r.replay_id = old.replay_id and r.item = old.item`);
}
