import type { CallLimit, Principal, SetCallLimitBody } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { columnsOf, type LimitSubject, readSubject, requireSubject } from '../limit-subject.ts';
import type { LimitsContext } from '../limits-context.ts';
import { getCallLimit } from './list-call-limits.ts';

const { callLimits } = schema;
type Columns = Pick<typeof callLimits.$inferSelect, 'requestsPerMinute' | 'tokensPerMinute' | 'concurrentCalls'>;

/**
 * Limits the calls of a subject from now on; what is out already is let run.
 * @throws PipelinesError `invalid_request`, `not_found`, `model_not_found`
 */
export async function setCallLimit(context: LimitsContext, principal: Principal, body: SetCallLimitBody): Promise<CallLimit> {
  const subject = readSubject(body);
  const { organizationId } = principal;
  return context.database.db.transaction(async (tx) => {
    await requireSubject(context, tx, organizationId, subject);
    const known = await lockLimit(tx, organizationId, subject);
    const limits = merge(known, body);
    const id = await writeLimit(tx, organizationId, subject, known?.id ?? null, limits);
    const object = { type: subject.type, id: subject.id ?? organizationId };
    const { subject_type, subject_id, ...changed } = body;
    await recordAudit(tx, principal, 'call_limit.updated', object, Object.keys(changed));
    await announceChange(tx, { topic: 'limits', organizationId });
    if (id !== null) return getCallLimit(tx, organizationId, id);
    return {
      subject_type,
      subject_id: subject.id,
      subject_name: subject.id ?? '',
      requests_per_minute: null,
      tokens_per_minute: null,
      concurrent_calls: null,
      now: { requests: 0, tokens: 0, concurrent: 0 },
    };
  });
}

async function lockLimit(tx: Transaction, organizationId: string, subject: LimitSubject) {
  const [row] = await tx.select().from(callLimits).where(isLimitOn(organizationId, subject)).for('update');
  return row ?? null;
}

function merge(known: Columns | null, body: SetCallLimitBody): Columns {
  const keep = (given: number | null | undefined, before: number | null | undefined) => (given === undefined ? (before ?? null) : given);
  return {
    requestsPerMinute: keep(body.requests_per_minute, known?.requestsPerMinute),
    tokensPerMinute: keep(body.tokens_per_minute, known?.tokensPerMinute),
    concurrentCalls: keep(body.concurrent_calls, known?.concurrentCalls),
  };
}

/** Null: nothing is limited any more. */
async function writeLimit(
  tx: Transaction,
  organizationId: string,
  subject: LimitSubject,
  knownId: string | null,
  limits: Columns,
): Promise<string | null> {
  if (Object.values(limits).every((limit) => limit === null)) {
    await tx.delete(callLimits).where(isLimitOn(organizationId, subject));
    return null;
  }
  const id = knownId ?? uuidv7();
  const [row] = await tx
    .insert(callLimits)
    .values({ organizationId, id, ...columnsOf(subject), ...limits })
    .onConflictDoUpdate({
      target: [callLimits.organizationId, callLimits.apiKeyId, callLimits.memberId, callLimits.slug],
      set: { ...limits, updatedAt: new Date() },
    })
    .returning({ id: callLimits.id });
  return row?.id ?? id;
}

function isLimitOn(organizationId: string, subject: LimitSubject): SQL | undefined {
  const { apiKeyId, memberId, slug } = columnsOf(subject);
  return and(
    eq(callLimits.organizationId, organizationId),
    apiKeyId === null ? isNull(callLimits.apiKeyId) : eq(callLimits.apiKeyId, apiKeyId),
    memberId === null ? isNull(callLimits.memberId) : eq(callLimits.memberId, memberId),
    slug === null ? isNull(callLimits.slug) : eq(callLimits.slug, slug),
  );
}
