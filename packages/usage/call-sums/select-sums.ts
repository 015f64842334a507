import { type SQL, sql } from 'drizzle-orm';
import { countCalls, daySums, figureColumns, sumColumns } from './count-calls.ts';

export interface SumsQuery {
  readonly slug?: string | undefined;
  /** Included. */
  readonly from?: string | undefined;
  /** Not included. */
  readonly to?: string | undefined;
}

/** How calls can be put together. Those of one model by API key are kept as parts of the model. */
export type Subject = 'all' | 'model' | 'api_key';

/** The sums of a period, in the columns of `call_sums`. */
export interface SumsOfPeriod {
  /** A query for those of its whole days, as they are kept: of every key, or of those in a list. */
  kept(keys?: SQL): SQL;
  /** A query that counts the log for what is left at either end. Null where nothing is. */
  readonly counted: SQL | null;
}

interface Span {
  /** Included; null: from the first. */
  readonly sinceMs: number | null;
  /** Not included; null: to the last. */
  readonly untilMs: number | null;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Of `model` without a slug, the sums are of whole weeks where the period has any: they are no sums by day. */
export function selectSums(organizationId: string, subject: Subject, query: SumsQuery): SumsOfPeriod {
  const period: Span = { sinceMs: toMs(query.from), untilMs: toMs(query.to) };
  const days: Span = {
    sinceMs: period.sinceMs === null ? null : Math.ceil(period.sinceMs / dayMs) * dayMs,
    untilMs: period.untilMs === null ? null : Math.floor(period.untilMs / dayMs) * dayMs,
  };
  const hasDays = !isBackward(days);
  const rest = hasDays ? outside(period, days) : [period];
  const counts = rest.map((span) => countLog(organizationId, subject, query.slug, span));
  return {
    kept: (keys) => {
      const kept = keptSums(organizationId, subject, query.slug, keys);
      if (!hasDays) return kept('day', sql`and false`);
      const weeks = subject === 'model' && query.slug === undefined ? wholeWeeks(days) : null;
      if (weeks === null) return kept('day', within(sql`starts_at`, days));
      const parts = outside(days, weeks).map((span) => kept('day', within(sql`starts_at`, span)));
      return sql.join([kept('week', within(sql`starts_at`, weeks)), ...parts], sql` union all `);
    },
    counted: counts.length === 0 ? null : sql.join(counts, sql` union all `),
  };
}

function toMs(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}

function isBackward({ sinceMs, untilMs }: Span): boolean {
  return sinceMs !== null && untilMs !== null && sinceMs > untilMs;
}

/** What a period has before and after a part of it. */
function outside(period: Span, part: Span): readonly Span[] {
  const spans: Span[] = [];
  if (part.sinceMs !== period.sinceMs) spans.push({ sinceMs: period.sinceMs, untilMs: part.sinceMs });
  if (part.untilMs !== period.untilMs) spans.push({ sinceMs: part.untilMs, untilMs: period.untilMs });
  return spans;
}

/** From Monday on, as PostgreSQL has it; the first of January 1970 was a Thursday. */
const firstMondayMs = 4 * dayMs;
const weekMs = 7 * dayMs;

function wholeWeeks({ sinceMs, untilMs }: Span): Span | null {
  const weeks: Span = {
    sinceMs: sinceMs === null ? null : Math.ceil((sinceMs - firstMondayMs) / weekMs) * weekMs + firstMondayMs,
    untilMs: untilMs === null ? null : Math.floor((untilMs - firstMondayMs) / weekMs) * weekMs + firstMondayMs,
  };
  return isBackward(weeks) ? null : weeks;
}

function keptSums(organizationId: string, subject: Subject, slug: string | undefined, keys: SQL | undefined) {
  const isPart = subject === 'api_key' && slug !== undefined;
  const columns = isPart ? partAsKey : sumColumns;
  const model = subject === 'all' || slug === undefined ? sql`` : sql`and key = ${slug}`;
  const listed = keys === undefined ? sql`` : sql`and ${sql.raw(isPart ? 'part' : 'key')} = any(${keys})`;
  return (grain: 'day' | 'week', span: SQL) =>
    sql`select ${columns} from call_sums where organization_id = ${organizationId} and grain = ${sql.raw(`'${grain}'`)}
      and subject = ${sql.raw(`'${isPart ? 'model_by_api_key' : subject}'`)} ${model} ${listed} ${span}`;
}

const partAsKey = sql`organization_id, grain, 'api_key' as subject, part as key, starts_at, '' as part, ${figureColumns}`;

function countLog(organizationId: string, subject: Subject, slug: string | undefined, span: Span): SQL {
  const calls = sql`select attempts.*, true as is_new from attempts where organization_id = ${organizationId}
    ${slug === undefined ? sql`` : sql`and slug = ${slug}`} ${within(sql`started_at`, span)}`;
  return countCalls(calls, daySums[subject]);
}

function within(column: SQL, { sinceMs, untilMs }: Span): SQL {
  const since = sinceMs === null ? sql`` : sql`and ${column} >= ${new Date(sinceMs).toISOString()}::timestamptz`;
  const until = untilMs === null ? sql`` : sql`and ${column} < ${new Date(untilMs).toISOString()}::timestamptz`;
  return sql`${since} ${until}`;
}
