import { type SQL, sql } from 'drizzle-orm';

/** Providers round what they tell; further apart than this, USD, a call's two costs differ. */
const toleranceUsd = '0.000001';

/**
 * What the calls of a day have cost by our count and by their providers', a row for each organization, model and provider.
 * @param where which of `attempts a`, beside the day
 */
export function dayFigures(day: string | SQL, where: SQL = sql`true`): SQL {
  return sql`
    select a.organization_id, ${day}::date as day, coalesce(a.slug, '') as slug, a.provider,
      count(a.cost)::integer as calls,
      coalesce(sum(a.cost), 0) as cost,
      coalesce(sum(a.provider_cost) filter (where a.cost is not null), 0) as provider_cost,
      (count(*) filter (where abs(a.cost - a.provider_cost) > ${toleranceUsd}::numeric))::integer as differing_calls,
      (count(*) filter (where a.cost is null))::integer as unknown_cost_calls
    from attempts a
    where a.provider_cost is not null and ${where}
      and a.started_at >= ${day}::date::timestamp at time zone 'UTC'
      and a.started_at < (${day}::date + 1)::timestamp at time zone 'UTC'
    group by a.organization_id, coalesce(a.slug, ''), a.provider`;
}
