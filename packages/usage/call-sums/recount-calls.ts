import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { addToSums } from './add-to-sums.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Throws the sums away and counts the whole log again, day by day: for a log that came into the database by another way
 * than ours.
 */
export async function recountCalls({ db }: Pick<Database, 'db'>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from call_sums`);
    const { rows } = await tx.execute<{ first_ms: string | null; last_ms: string | null }>(sql`
      select floor(extract(epoch from min(started_at)) * 1000) as first_ms, ceil(extract(epoch from max(started_at)) * 1000) as last_ms
      from attempts`);
    const [range] = rows;
    if (range?.first_ms == null || range.last_ms == null) return;
    for (let sinceMs = Number(range.first_ms); sinceMs <= Number(range.last_ms); sinceMs += dayMs) {
      const since = new Date(sinceMs).toISOString();
      const until = new Date(sinceMs + dayMs).toISOString();
      await tx.execute(
        addToSums(sql`select attempts.*, true as is_new from attempts
          where started_at >= ${since}::timestamptz and started_at < ${until}::timestamptz`),
      );
    }
  });
}
