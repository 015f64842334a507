import { type Database, schema } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

const rowsAtOnce = 1_000;

/** The condition that a row of `attempt_contents` may still be read, given the row of its organization. */
export function isWithinRetention(): SQL {
  const { attemptContents, organizations } = schema;
  return sql`${attemptContents.keptAt} >= now() - make_interval(days => ${organizations.contentRetentionDays})`;
}

/** Deletes what is older than its organization keeps contents, and what one that keeps none still has. Returns how many. */
export async function purgeContents({ db }: Pick<Database, 'db'>): Promise<number> {
  let purged = 0;
  for (;;) {
    const { rowCount } = await db.execute(sql`
      delete from attempt_contents where ctid in (
        select c.ctid from organizations o join attempt_contents c on c.organization_id = o.id
        where o.content_retention_days is null or c.kept_at < now() - make_interval(days => o.content_retention_days)
        limit ${rowsAtOnce})`);
    purged += rowCount ?? 0;
    if ((rowCount ?? 0) < rowsAtOnce) return purged;
  }
}
