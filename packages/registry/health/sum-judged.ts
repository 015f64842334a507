import { type SQL, sql } from 'drizzle-orm';
import { dayBegan, hourBegan } from './windows.ts';

/** A query for the calls that tell of the health of models or credentials: of the last hour and day, by key. */
export function sumJudged(organizationId: string, which: SQL): SQL {
  return sql`
    select key,
      coalesce(sum(judged_calls) filter (where starts_at > ${hourBegan}), 0) as hour_calls,
      coalesce(sum(judged_failed_calls) filter (where starts_at > ${hourBegan}), 0) as hour_failed,
      sum(judged_calls) as day_calls, sum(judged_failed_calls) as day_failed
    from call_sums
    where organization_id = ${organizationId} and grain = 'quarter' and starts_at > ${dayBegan} and ${which}
    group by key`;
}
