import { budgetPeriodStart } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

/** What a call counts for: its cost; where that is unknown, what it was taken for; nothing where it failed. Null: nobody can say. */
const countedCost = (row: SQL) => sql`case
  when ${row}.cost is not null then ${row}.cost when ${row}.status = 'failed' then 0 else ${row}.estimated_cost end`;

/** 1 for a row that there is and whose cost nobody can say. */
const isUncounted = (row: SQL) => sql`case when ${row}.id is not null and (${countedCost(row)}) is null then 1 else 0 end`;

const shipped = sql.raw('s');
const before = sql.raw('known');

/**
 * The rest of a statement that begins with `shipped`, rows of the log that are new or have become known: adds what they
 * cost to the budgets of their organization, key, member and model, and takes it from what their process may spend. A
 * member pays for what their keys do, too. An earlier state of a row is found in the table as it was before the statement.
 */
export function settleBudgets(processId: SQL): SQL {
  return sql`counted as (
      select s.organization_id, s.started_at, s.slug, s.api_key_id, coalesce(s.member_id, k.created_by) as member_id,
        coalesce(${countedCost(shipped)}, 0) - coalesce(${countedCost(before)}, 0) as cost,
        ${isUncounted(shipped)} - ${isUncounted(before)} as uncounted
      from shipped s
      left join attempts known on known.organization_id = s.organization_id and known.id = s.id
      left join api_keys k on k.organization_id = s.organization_id and k.id = s.api_key_id
    ), sums as (
      select b.organization_id, b.id as budget_id, ${budgetPeriodStart(sql.raw('b.period'), sql.raw('c.started_at'))} as starts_at,
        sum(c.cost) as spent, sum(c.uncounted) as uncounted
      from counted c join budgets b on b.organization_id = c.organization_id and b.deleted_at is null
        and (num_nonnulls(b.api_key_id, b.member_id, b.slug) = 0
          or b.api_key_id = c.api_key_id or b.member_id = c.member_id or b.slug = c.slug)
        and (b.period <> 'total' or c.started_at >= b.created_at)
      group by 1, 2, 3
    ), settled as (
      insert into budget_periods (organization_id, budget_id, starts_at, spent, uncounted_calls)
      select organization_id, budget_id, starts_at, spent, uncounted from sums order by organization_id, budget_id, starts_at
      on conflict (organization_id, budget_id, starts_at) do update set
        spent = budget_periods.spent + excluded.spent, uncounted_calls = budget_periods.uncounted_calls + excluded.uncounted_calls
      returning organization_id, budget_id, starts_at
    )
    update budget_grants g set amount = g.amount - sums.spent
    from settled join sums using (organization_id, budget_id, starts_at)
    where g.organization_id = settled.organization_id and g.budget_id = settled.budget_id
      and g.starts_at = settled.starts_at and g.process_id = ${processId}::uuid`;
}
