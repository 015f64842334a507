import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** The first moment of the period that `at` falls into: of its day or month in UTC, or 1970 for `total`. */
export function budgetPeriodStart(period: SQLWrapper, at: SQLWrapper): SQL {
  return sql`case ${period} when 'total' then timestamptz 'epoch' else date_trunc(${period}, ${at}, 'UTC') end`;
}
