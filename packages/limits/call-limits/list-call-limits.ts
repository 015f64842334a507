import type { CallLimit, callLimitQuerySchema, Principal } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { readSubjectFilter, subjectKey, subjectName, subjectOf } from '../limit-subject.ts';
import type { LimitsContext } from '../limits-context.ts';
import { pageOfRows, readCursor } from '../page-of-rows.ts';

const { callLimits } = schema;
export type CallLimitQuery = z.output<typeof callLimitQuerySchema>;

/** In the order in which they were made. @throws PipelinesError `invalid_request` for a foreign cursor */
export async function listCallLimits(
  { database: { db } }: LimitsContext,
  { organizationId }: Principal,
  query: CallLimitQuery,
): Promise<{ data: CallLimit[]; next_cursor: string | null }> {
  const filter = readSubjectFilter(callLimits, query);
  if (filter === null) return { data: [], next_cursor: null };
  const cursor = readCursor(query.cursor);
  const rows = await selectCallLimits(
    db,
    and(eq(callLimits.organizationId, organizationId), filter, cursor === undefined ? undefined : gt(callLimits.id, cursor)),
    query.limit + 1,
  );
  const used = await readUsed(db, organizationId);
  return pageOfRows(
    rows.map(({ row, name }) => ({ ...row, name })),
    query.limit,
    (row) => present(row, used),
  );
}

export async function getCallLimit(db: Queries | Transaction, organizationId: string, id: string): Promise<CallLimit> {
  const [found] = await selectCallLimits(db, and(eq(callLimits.organizationId, organizationId), eq(callLimits.id, id)), 1);
  if (found === undefined) throw new Error('A call limit that was just written is gone.');
  return present({ ...found.row, name: found.name }, await readUsed(db, organizationId));
}

function selectCallLimits(db: Queries | Transaction, where: SQL | undefined, limit: number) {
  return db
    .select({ row: callLimits, name: subjectName(callLimits) })
    .from(callLimits)
    .where(where)
    .orderBy(asc(callLimits.id))
    .limit(limit);
}

type Used = ReadonlyMap<string, CallLimit['now']>;

function present(row: typeof callLimits.$inferSelect & { readonly name: string }, used: Used): CallLimit {
  const subject = subjectOf(row);
  return {
    subject_type: subject.type,
    subject_id: subject.id,
    subject_name: row.name,
    requests_per_minute: row.requestsPerMinute,
    tokens_per_minute: row.tokensPerMinute,
    concurrent_calls: row.concurrentCalls,
    now: used.get(subjectKey(subject)) ?? { requests: 0, tokens: 0, concurrent: 0 },
  };
}

interface UsedRow extends Record<string, unknown> {
  readonly subject: string;
  readonly requests: string;
  readonly tokens: string;
  readonly concurrent: string;
}

/** As admission counts: this minute, and of the one before what still lies within sixty seconds. */
async function readUsed(db: Queries | Transaction, organizationId: string): Promise<Used> {
  const { rows } = await db.execute<UsedRow>(sql`
    with clock as (
      select floor(extract(epoch from now()) / 60)::int as minute, 1 - (extract(epoch from now())::numeric % 60) / 60 as rest
    )
    select subject,
      floor(sum(case when c.minute = clock.minute then c.requests + c.earlier_requests * rest
        when c.minute = clock.minute - 1 then c.requests * rest else 0 end)) as requests,
      floor(sum(case when c.minute = clock.minute then c.tokens + c.earlier_tokens * rest
        when c.minute = clock.minute - 1 then c.tokens * rest else 0 end)) as tokens,
      coalesce(sum(c.concurrent) filter (where c.updated_at > now() - interval '10 seconds'), 0) as concurrent
    from call_counts c cross join clock where c.organization_id = ${organizationId} group by subject`);
  return new Map(
    rows.map(({ subject, requests, tokens, concurrent }) => [
      subject,
      { requests: Math.max(0, Number(requests)), tokens: Math.max(0, Number(tokens)), concurrent: Math.max(0, Number(concurrent)) },
    ]),
  );
}
