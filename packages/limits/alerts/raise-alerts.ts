import type { AlertThreshold, BudgetPeriod, WebhookMessage } from '@pipelines/contracts';
import { budgetPeriodStart, type Database, schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { subjectName, subjectOf } from '../limit-subject.ts';

const { budgets, budgetAlerts, organizations, webhooks, webhookDeliveries } = schema;

/**
 * Notices which budgets have reached 50, 80 or 100 % of their amount and queues a message to each webhook: once for each
 * threshold, period and amount, whichever process sees it first. A budget past 80 % that refuses calls counts as used up.
 * Answers how many were noticed.
 */
export async function raiseAlerts({ db }: Pick<Database, 'db'>): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ organization_id: string; id: string }>(sql`
      insert into budget_alerts (organization_id, id, budget_id, starts_at, threshold, spent, amount)
      select p.organization_id, gen_random_uuid(), p.budget_id, p.starts_at, t.threshold, p.spent, b.amount
      from budgets b join budget_periods p on p.organization_id = b.organization_id and p.budget_id = b.id
        and p.starts_at = ${budgetPeriodStart(sql.raw('b.period'), sql`now()`)}
      cross join (values (50), (80), (100)) as t (threshold)
      where b.deleted_at is null and (p.spent * 100 >= b.amount * t.threshold
        or (t.threshold = 100 and p.refused_at > b.updated_at and p.spent * 100 >= b.amount * 80))
      on conflict do nothing returning organization_id, id`);
    for (const { organization_id: organizationId, id } of rows) await queueAlert(tx, organizationId, id);
    return rows.length;
  });
}

async function queueAlert(tx: Transaction, organizationId: string, alertId: string): Promise<void> {
  const receivers = await tx
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.organizationId, organizationId), eq(webhooks.enabled, true), sql`${webhooks.deletedAt} is null`));
  if (receivers.length === 0) return;
  const alert = await readAlert(tx, organizationId, alertId);
  await tx.insert(webhookDeliveries).values(
    receivers.map(({ id: webhookId }) => {
      const id = uuidv7();
      return { organizationId, id, webhookId, alertId, body: JSON.stringify(messageOf(id, alert)) };
    }),
  );
}

type AlertRow = Awaited<ReturnType<typeof readAlert>>;

async function readAlert(tx: Transaction, organizationId: string, alertId: string) {
  const [row] = await tx
    .select({
      alert: budgetAlerts,
      organizationId: organizations.id,
      organizationName: organizations.name,
      apiKeyId: budgets.apiKeyId,
      memberId: budgets.memberId,
      slug: budgets.slug,
      period: budgets.period,
      spent: sql<string>`trim_scale(${budgetAlerts.spent})`,
      amount: sql<string>`trim_scale(${budgetAlerts.amount})`,
      subjectName: subjectName(budgets),
    })
    .from(budgetAlerts)
    .innerJoin(budgets, and(eq(budgets.organizationId, budgetAlerts.organizationId), eq(budgets.id, budgetAlerts.budgetId)))
    .innerJoin(organizations, eq(organizations.id, budgetAlerts.organizationId))
    .where(and(eq(budgetAlerts.organizationId, organizationId), eq(budgetAlerts.id, alertId)));
  if (row === undefined) throw new Error('An alert that was just written is gone.');
  return row;
}

function messageOf(id: string, row: AlertRow): WebhookMessage {
  const subject = subjectOf(row);
  return {
    id,
    type: 'budget.reached',
    created_at: row.alert.reachedAt.toISOString(),
    organization: { id: row.organizationId, name: row.organizationName },
    budget: {
      id: row.alert.budgetId,
      subject_type: subject.type,
      subject_id: subject.id,
      subject_name: row.subjectName,
      period: row.period satisfies BudgetPeriod,
      starts_at: row.alert.startsAt.toISOString(),
      amount: row.amount,
      spent: row.spent,
      threshold: row.alert.threshold satisfies AlertThreshold,
    },
  };
}
