import { type SQL, sql } from 'drizzle-orm';
import { countCalls, daySums, sumColumns } from './count-calls.ts';

export interface SumsQuery {
  readonly slug?: string | undefined;
  /** Included. */
  readonly from?: string | undefined;
  /** Not included. */
  readonly to?: string | undefined;
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * A query for the sums of a period: whole days as they are kept, and what is left at either end counted from the log. Of
 * one model by its API keys nothing is kept: the log is counted.
 */
export function selectSums(organizationId: string, subject: keyof typeof daySums, { slug, from, to }: SumsQuery): SQL {
  const fromMs = from === undefined ? null : Date.parse(from);
  const toMs = to === undefined ? null : Date.parse(to);
  const firstDayMs = fromMs === null ? null : Math.ceil(fromMs / dayMs) * dayMs;
  const endDayMs = toMs === null ? null : Math.floor(toMs / dayMs) * dayMs;
  const isKept = subject !== 'api_key' || slug === undefined;
  const count = (sinceMs: number | null, untilMs: number | null) => countLog(organizationId, subject, { slug, sinceMs, untilMs });
  if (!isKept || (firstDayMs !== null && endDayMs !== null && firstDayMs > endDayMs)) return count(fromMs, toMs);

  const parts = [
    sql`select ${sumColumns} from call_sums where organization_id = ${organizationId} and grain = 'day' and subject = ${subject}
      ${slug !== undefined && subject === 'model' ? sql`and key = ${slug}` : sql``} ${within(sql`starts_at`, firstDayMs, endDayMs)}`,
  ];
  if (fromMs !== null && firstDayMs !== fromMs) parts.push(count(fromMs, firstDayMs));
  if (toMs !== null && endDayMs !== toMs) parts.push(count(endDayMs, toMs));
  return sql.join(parts, sql` union all `);
}

interface LogPart {
  readonly slug: string | undefined;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
}

function countLog(organizationId: string, subject: keyof typeof daySums, { slug, sinceMs, untilMs }: LogPart): SQL {
  const calls = sql`select attempts.*, true as is_new from attempts where organization_id = ${organizationId}
    ${slug === undefined ? sql`` : sql`and slug = ${slug}`} ${within(sql`started_at`, sinceMs, untilMs)}`;
  return countCalls(calls, daySums[subject]);
}

function within(column: SQL, sinceMs: number | null, untilMs: number | null): SQL {
  const since = sinceMs === null ? sql`` : sql`and ${column} >= ${new Date(sinceMs).toISOString()}::timestamptz`;
  const until = untilMs === null ? sql`` : sql`and ${column} < ${new Date(untilMs).toISOString()}::timestamptz`;
  return sql`${since} ${until}`;
}
