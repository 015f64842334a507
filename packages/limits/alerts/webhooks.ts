import {
  type CreatedWebhook,
  PipelinesError,
  type Principal,
  type Webhook,
  type WebhookDelivery,
  type WebhookMessage,
  type webhookQuerySchema,
} from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { canonicalizeBaseUrl, EgressError } from '@pipelines/egress';
import { recordAudit } from '@pipelines/identity';
import { and, count, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { LimitsContext } from '../limits-context.ts';
import { pageOfRows, readCursor } from '../page-of-rows.ts';
import { noteOutcome } from './deliver-messages.ts';
import { sendMessage } from './send-message.ts';
import { findWebhook, isWebhook, presentDelivery, presentWebhook, selectWebhooks } from './webhook-rows.ts';

const { webhooks, webhookDeliveries, organizations } = schema;
export type WebhookQuery = z.output<typeof webhookQuerySchema>;

const maxWebhooks = 20;

/** @throws PipelinesError `invalid_request` for a foreign cursor */
export async function listWebhooks(
  { database: { db } }: LimitsContext,
  { organizationId }: Principal,
  query: WebhookQuery,
): Promise<{ data: Webhook[]; next_cursor: string | null }> {
  const cursor = readCursor(query.cursor);
  const where = and(eq(webhooks.organizationId, organizationId), cursor === undefined ? undefined : gt(webhooks.id, cursor));
  const page = pageOfRows(await selectWebhooks(db, where, query.limit + 1), query.limit, (row) => row);
  return { data: await Promise.all(page.data.map((row) => presentWebhook(db, row))), next_cursor: page.next_cursor };
}

/** @throws PipelinesError `invalid_request`, `egress_blocked`, `conflict` */
export async function createWebhook(
  context: LimitsContext,
  principal: Principal,
  { url: text }: { readonly url: string },
): Promise<CreatedWebhook> {
  const url = readUrl(context, text);
  const { organizationId } = principal;
  const id = uuidv7();
  const { secret, sealed, dataKeyVersion } = await context.webhookSecrets.create({ organizationId, id, url });
  return context.database.db.transaction(async (tx) => {
    const [known] = await tx
      .select({ webhooks: count() })
      .from(webhooks)
      .where(and(eq(webhooks.organizationId, organizationId), isNull(webhooks.deletedAt)));
    if ((known?.webhooks ?? 0) >= maxWebhooks) {
      throw new PipelinesError('conflict', { detail: `An organization has at most ${maxWebhooks} webhooks.`, fix: 'Delete one first.' });
    }
    await tx.insert(webhooks).values({ organizationId, id, url, sealed, dataKeyVersion });
    await recordAudit(tx, principal, 'webhook.created', { type: 'webhook', id });
    return { ...(await presentWebhook(tx, await findWebhook(tx, organizationId, id))), secret };
  });
}

function readUrl({ egress }: LimitsContext, text: string): string {
  try {
    const url = canonicalizeBaseUrl(text);
    egress.checkTarget(new URL(url));
    return url;
  } catch (error) {
    if (error instanceof EgressError) throw new PipelinesError('egress_blocked', { fields: [{ field: 'url', message: error.message }] });
    if (!(error instanceof PipelinesError)) throw error;
    throw new PipelinesError(error.code, { detail: error.message, fields: [{ field: 'url', message: error.message }] });
  }
}

/** What waits is sent all the same. @throws PipelinesError `not_found` */
export async function updateWebhook(
  { database }: LimitsContext,
  principal: Principal,
  id: string,
  { enabled }: { readonly enabled: boolean },
): Promise<Webhook> {
  const { organizationId } = principal;
  return database.db.transaction(async (tx) => {
    const row = await findWebhook(tx, organizationId, id);
    await tx.update(webhooks).set({ enabled }).where(isWebhook(organizationId, id));
    await recordAudit(tx, principal, 'webhook.updated', { type: 'webhook', id }, ['enabled']);
    return presentWebhook(tx, { ...row, enabled });
  });
}

/** Its secret goes with it. @throws PipelinesError `not_found` */
export async function deleteWebhook({ database }: LimitsContext, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  await database.db.transaction(async (tx) => {
    await findWebhook(tx, organizationId, id);
    await tx.update(webhooks).set({ sealed: null, deletedAt: new Date() }).where(isWebhook(organizationId, id));
    await recordAudit(tx, principal, 'webhook.deleted', { type: 'webhook', id });
  });
}

/** Sends a message that says nothing, right now and once. @throws PipelinesError `not_found` */
export async function testWebhook(context: LimitsContext, { organizationId }: Principal, id: string): Promise<WebhookDelivery> {
  const { db } = context.database;
  const { url, sealed, dataKeyVersion } = await findWebhook(db, organizationId, id);
  if (sealed === null) throw new PipelinesError('not_found');
  const [organization] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
  const deliveryId = uuidv7();
  const message: WebhookMessage = {
    id: deliveryId,
    type: 'test',
    created_at: new Date().toISOString(),
    organization: { id: organizationId, name: organization?.name ?? '' },
    budget: null,
  };
  const body = JSON.stringify(message);
  // Nobody else sends it: it is not waiting.
  await db.insert(webhookDeliveries).values({ organizationId, id: deliveryId, webhookId: id, body, state: 'failed', tries: 1 });
  const outcome = await sendMessage(context, { organizationId, webhookId: id, url, sealed, dataKeyVersion, id: deliveryId, body });
  await noteOutcome(context, organizationId, deliveryId, outcome, true);
  const [row] = await db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.organizationId, organizationId), eq(webhookDeliveries.id, deliveryId)));
  if (row === undefined) throw new PipelinesError('not_found');
  return presentDelivery(row);
}

/** Newest first. @throws PipelinesError `not_found`, `invalid_request` for a foreign cursor */
export async function listWebhookDeliveries(
  { database: { db } }: LimitsContext,
  { organizationId }: Principal,
  id: string,
  query: WebhookQuery,
): Promise<{ data: WebhookDelivery[]; next_cursor: string | null }> {
  await findWebhook(db, organizationId, id);
  const cursor = readCursor(query.cursor);
  const rows = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.organizationId, organizationId),
        eq(webhookDeliveries.webhookId, id),
        cursor === undefined ? undefined : lt(webhookDeliveries.id, cursor),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(query.limit + 1);
  return pageOfRows(rows, query.limit, presentDelivery);
}
