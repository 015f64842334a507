import { schema } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import type { LimitsContext } from '../limits-context.ts';
import { type SendOutcome, sendMessage } from './send-message.ts';

const { webhookDeliveries } = schema;

/** Five seconds, then twice as long each time, an hour at most: about a day in all. */
const firstRetrySeconds = 5;
const longestRetrySeconds = 3_600;
const maxTries = 32;
const atOnce = 10;

interface DueRow extends Record<string, unknown> {
  readonly organization_id: string;
  readonly id: string;
  readonly webhook_id: string;
  readonly body: string;
  readonly tries: number;
  readonly url: string;
  readonly sealed: Buffer | null;
  readonly data_key_version: number;
}

/**
 * Sends the messages that are due. One process takes a message at a time, and another takes it again where the first one
 * dies before it has written down that it was delivered: at least once. Answers how many were due.
 */
export async function deliverMessages(context: LimitsContext): Promise<number> {
  const { rows } = await context.database.db.execute<DueRow>(sql`
    with due as (
      select organization_id, id from webhook_deliveries where state = 'waiting' and next_try_at <= now()
      order by next_try_at limit ${atOnce} for update skip locked
    ), taken as (
      update webhook_deliveries d set tries = d.tries + 1, next_try_at = now() + make_interval(secs =>
        least(${longestRetrySeconds}, ${firstRetrySeconds} * 2 ^ least(d.tries, 20)) * (0.9 + random() * 0.2))
      from due where d.organization_id = due.organization_id and d.id = due.id
      returning d.*
    )
    select taken.*, w.url, w.sealed, w.data_key_version
    from taken join webhooks w on w.organization_id = taken.organization_id and w.id = taken.webhook_id`);
  await Promise.all(rows.map((row) => deliver(context, row)));
  return rows.length;
}

async function deliver(context: LimitsContext, row: DueRow): Promise<void> {
  const { organization_id: organizationId, id, webhook_id: webhookId, body, tries, url, sealed, data_key_version: dataKeyVersion } = row;
  const outcome: SendOutcome =
    sealed === null
      ? { delivered: false, status: null, cause: 'deleted' }
      : await sendMessage(context, { organizationId, webhookId, url, sealed, dataKeyVersion, id, body });
  await noteOutcome(context, organizationId, id, outcome, sealed === null || tries >= maxTries);
}

export async function noteOutcome(
  { database: { db } }: LimitsContext,
  organizationId: string,
  id: string,
  { delivered, status, cause }: SendOutcome,
  isLast: boolean,
): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({
      lastStatus: status,
      lastCause: cause,
      ...(delivered ? { state: 'delivered' as const, deliveredAt: new Date() } : isLast && { state: 'failed' as const }),
    })
    .where(and(eq(webhookDeliveries.organizationId, organizationId), eq(webhookDeliveries.id, id)));
}
