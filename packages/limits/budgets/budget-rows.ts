import { type Budget, PipelinesError } from '@pipelines/contracts';
import { budgetPeriodStart, type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import { subjectName, subjectOf } from '../limit-subject.ts';
import { grantLifeSeconds } from './exchange-grants.ts';
import { periodEnd } from './period.ts';

const { budgets, budgetPeriods } = schema;

const startsAt = budgetPeriodStart(budgets.period, sql`now()`);

/** The highest threshold that was told of in this period with this amount. */
export const reachedThreshold = sql<50 | 80 | 100 | null>`(
  select max(a.threshold) from budget_alerts a where a.organization_id = ${budgets.organizationId}
    and a.budget_id = ${budgets.id} and a.starts_at = ${startsAt} and a.amount = ${budgets.amount})`;

const held = sql<string>`trim_scale(coalesce((
  select sum(greatest(g.amount, 0)) from budget_grants g where g.organization_id = ${budgets.organizationId}
    and g.budget_id = ${budgets.id} and g.starts_at = ${startsAt}
    and g.renewed_at > now() - make_interval(secs => ${grantLifeSeconds})), 0))`;

const selection = {
  id: budgets.id,
  apiKeyId: budgets.apiKeyId,
  memberId: budgets.memberId,
  slug: budgets.slug,
  period: budgets.period,
  amount: sql<string>`trim_scale(${budgets.amount})`,
  refuseUnknownPrices: budgets.refuseUnknownPrices,
  createdAt: budgets.createdAt,
  name: subjectName(budgets),
  startsAtMs: sql<string>`extract(epoch from ${startsAt}) * 1000`,
  spent: sql<string>`trim_scale(coalesce(${budgetPeriods.spent}, 0))`,
  uncountedCalls: sql<number>`coalesce(${budgetPeriods.uncountedCalls}, 0)`,
  held,
  reached: reachedThreshold,
};

/** Budgets as they stand in their current period, in the order in which they were made. */
export async function selectBudgets(db: Queries | Transaction, where: SQL | undefined, limit: number) {
  return db
    .select(selection)
    .from(budgets)
    .leftJoin(
      budgetPeriods,
      and(
        eq(budgetPeriods.organizationId, budgets.organizationId),
        eq(budgetPeriods.budgetId, budgets.id),
        eq(budgetPeriods.startsAt, startsAt),
      ),
    )
    .where(and(isNull(budgets.deletedAt), where))
    .orderBy(asc(budgets.id))
    .limit(limit);
}

export function presentBudget(row: Awaited<ReturnType<typeof selectBudgets>>[number]): Budget {
  const subject = subjectOf(row);
  const startsAtMs = Number(row.startsAtMs);
  const endsAtMs = periodEnd(row.period, startsAtMs);
  return {
    id: row.id,
    subject_type: subject.type,
    subject_id: subject.id,
    subject_name: row.name,
    period: row.period,
    amount: row.amount,
    refuse_unknown_prices: row.refuseUnknownPrices,
    starts_at: (row.period === 'total' ? row.createdAt : new Date(startsAtMs)).toISOString(),
    ends_at: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
    spent: row.spent,
    held: row.held,
    uncounted_calls: row.uncountedCalls,
    reached: row.reached,
    created_at: row.createdAt.toISOString(),
  };
}

/** @throws PipelinesError `not_found`, for another organization's too */
export async function getBudget(db: Queries | Transaction, organizationId: string, id: string): Promise<Budget> {
  const [row] = validate(id) ? await selectBudgets(db, isBudget(organizationId, id), 1) : [];
  if (row === undefined) throw new PipelinesError('not_found', { detail: 'There is no such budget.' });
  return presentBudget(row);
}

export function isBudget(organizationId: string, id: string): SQL | undefined {
  return and(eq(budgets.organizationId, organizationId), eq(budgets.id, id));
}
