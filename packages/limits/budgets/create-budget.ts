import { type Budget, type CreateBudgetBody, PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, budgetPeriodStart, isUniqueViolation, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { columnsOf, readSubject, requireSubject } from '../limit-subject.ts';
import type { LimitsContext } from '../limits-context.ts';
import { getBudget } from './budget-rows.ts';

const { budgets } = schema;

/**
 * A budget that holds from now on. Of a day or a month it begins with what the log says was spent in it so far.
 * @throws PipelinesError `invalid_request`, `not_found`, `model_not_found`, `already_exists`
 */
export async function createBudget(context: LimitsContext, principal: Principal, body: CreateBudgetBody): Promise<Budget> {
  const subject = readSubject(body);
  const { organizationId } = principal;
  const id = uuidv7();
  const { period, amount, refuse_unknown_prices: refuseUnknownPrices } = body;
  try {
    return await context.database.db.transaction(async (tx) => {
      await requireSubject(context, tx, organizationId, subject);
      await tx.insert(budgets).values({ organizationId, id, ...columnsOf(subject), period, amount, refuseUnknownPrices });
      if (period !== 'total') await countSpent(tx, organizationId, id);
      await recordAudit(tx, principal, 'budget.created', { type: 'budget', id }, ['amount', 'period']);
      await announceChange(tx, { topic: 'limits', organizationId });
      return getBudget(tx, organizationId, id);
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'budgets_subject_key')) throw error;
    throw new PipelinesError('already_exists', {
      detail: 'There is a budget for this period already.',
      fix: 'Change its amount instead.',
      fields: [{ field: 'period', message: 'There is one already' }],
    });
  }
}

/** No row of the log is written meanwhile, so that each is counted here or by whoever writes it, and never twice. */
async function countSpent(tx: Transaction, organizationId: string, id: string): Promise<void> {
  await tx.execute(sql`lock table attempts in share mode`);
  await tx.execute(sql`
    insert into budget_periods (organization_id, budget_id, starts_at, spent, uncounted_calls)
    select b.organization_id, b.id, p.starts_at, coalesce(sum(coalesce(a.cost, a.estimated_cost)) filter (where a.status <> 'failed' or a.cost is not null), 0),
      count(*) filter (where a.id is not null and a.status <> 'failed' and a.cost is null and a.estimated_cost is null)
    from budgets b
    cross join lateral (select ${budgetPeriodStart(sql.raw('b.period'), sql`now()`)} as starts_at) p
    left join (attempts a left join api_keys k on k.organization_id = a.organization_id and k.id = a.api_key_id)
      on a.organization_id = b.organization_id and a.started_at >= p.starts_at
      and (num_nonnulls(b.api_key_id, b.member_id, b.slug) = 0 or b.api_key_id = a.api_key_id
        or b.member_id = coalesce(a.member_id, k.created_by) or b.slug = a.slug)
    where b.organization_id = ${organizationId} and b.id = ${id}
    group by b.organization_id, b.id, p.starts_at`);
}
