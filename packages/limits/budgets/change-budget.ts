import type { Budget, Principal, UpdateBudgetBody } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import type { LimitsContext } from '../limits-context.ts';
import { getBudget, isBudget } from './budget-rows.ts';
import { recallChannel } from './exchange-grants.ts';

const { budgets } = schema;

/** @throws PipelinesError `not_found` */
export async function updateBudget(
  { database }: LimitsContext,
  principal: Principal,
  id: string,
  { amount, refuse_unknown_prices: refuseUnknownPrices }: UpdateBudgetBody,
): Promise<Budget> {
  const { organizationId } = principal;
  const changes = { ...(amount !== undefined && { amount }), ...(refuseUnknownPrices !== undefined && { refuseUnknownPrices }) };
  return database.db.transaction(async (tx) => {
    await getBudget(tx, organizationId, id);
    await tx
      .update(budgets)
      .set({ ...changes, updatedAt: new Date() })
      .where(isBudget(organizationId, id));
    await tellChange(tx, principal, id, 'budget.updated', Object.keys(changes));
    return getBudget(tx, organizationId, id);
  });
}

/** Its history stays. @throws PipelinesError `not_found` */
export async function deleteBudget({ database }: LimitsContext, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  await database.db.transaction(async (tx) => {
    await getBudget(tx, organizationId, id);
    await tx.update(budgets).set({ deletedAt: new Date() }).where(isBudget(organizationId, id));
    await tellChange(tx, principal, id, 'budget.deleted', []);
  });
}

async function tellChange(tx: Transaction, principal: Principal, id: string, action: string, fields: readonly string[]): Promise<void> {
  await recordAudit(tx, principal, action, { type: 'budget', id }, fields);
  await announceChange(tx, { topic: 'limits', organizationId: principal.organizationId });
  // What was granted under the amount before is asked for anew.
  await tx.execute(sql`select pg_notify(${recallChannel}, ${id})`);
}
