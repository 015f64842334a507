import { PipelinesError, type Webhook, type WebhookDelivery } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, desc, eq, isNull, type SQL } from 'drizzle-orm';
import { validate } from 'uuid';

const { webhooks, webhookDeliveries } = schema;
export type WebhookRow = typeof webhooks.$inferSelect;
type DeliveryRow = typeof webhookDeliveries.$inferSelect;

export function isWebhook(organizationId: string, id: string): SQL | undefined {
  return and(eq(webhooks.organizationId, organizationId), eq(webhooks.id, id), isNull(webhooks.deletedAt));
}

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findWebhook(db: Queries | Transaction, organizationId: string, id: string): Promise<WebhookRow> {
  const [row] = validate(id) ? await db.select().from(webhooks).where(isWebhook(organizationId, id)) : [];
  if (row === undefined) throw new PipelinesError('not_found', { detail: 'There is no such webhook.' });
  return row;
}

export async function selectWebhooks(db: Queries | Transaction, where: SQL | undefined, limit: number): Promise<WebhookRow[]> {
  return db
    .select()
    .from(webhooks)
    .where(and(isNull(webhooks.deletedAt), where))
    .orderBy(asc(webhooks.id))
    .limit(limit);
}

export async function presentWebhook(db: Queries | Transaction, row: WebhookRow): Promise<Webhook> {
  const [last] = await db
    .select({ state: webhookDeliveries.state, createdAt: webhookDeliveries.createdAt })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.organizationId, row.organizationId), eq(webhookDeliveries.webhookId, row.id)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(1);
  return {
    id: row.id,
    url: row.url,
    enabled: row.enabled,
    last_delivery: last === undefined ? null : { state: last.state, at: last.createdAt.toISOString() },
    created_at: row.createdAt.toISOString(),
  };
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    type: row.alertId === null ? 'test' : 'budget.reached',
    state: row.state,
    tries: row.tries,
    next_try_at: row.state === 'waiting' ? row.nextTryAt.toISOString() : null,
    last_status: row.lastStatus,
    message: describeOutcome(row),
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}

const causeSentences: Readonly<Record<string, string>> = {
  egress_blocked: 'This server does not connect to that address; the operator can allow it with EGRESS_ALLOW.',
  dns_failed: 'The host name could not be resolved.',
  connection_refused: 'The host did not accept the connection.',
  tls_failed: 'The TLS connection could not be trusted.',
  timed_out: 'The address did not answer in time.',
  deleted: 'The webhook was deleted.',
};

function describeOutcome({ state, tries, lastStatus, lastCause }: DeliveryRow): string | null {
  if (tries === 0 || (lastStatus === null && lastCause === null)) return null;
  if (state === 'delivered') return `The address took it with status ${lastStatus}.`;
  if (lastStatus !== null) return `The address answered with status ${lastStatus}, and 200 to 299 means that it was taken.`;
  return causeSentences[lastCause ?? ''] ?? 'The message could not be sent.';
}
