import type { Database, Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { fromNanoUsd } from '../usd.ts';

/** A budget in one of its periods. */
export interface BudgetPlace {
  readonly organizationId: string;
  readonly budgetId: string;
  /** Milliseconds since 1970. */
  readonly startsAtMs: number;
}

export interface Grant {
  /** What the process may spend more than before, in billionths of a dollar; negative where it gave back. */
  readonly granted: number;
  /** What there was to take. */
  readonly available: number;
  /** There was too little, and others hold some: they have been asked to give it back. */
  readonly heldElsewhere: boolean;
  /** The database's time, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** Besides what is needed, so much of what is left is taken at once: the less is left, the smaller the pieces. */
const spareShare = 1 / 8;
/** A process that has not been heard of for so long is gone, and what it held is free again. */
export const grantLifeSeconds = 15 * 60;
export const recallChannel = 'pipelines_budget_recall';

/**
 * Moves money between a budget and what one process may spend of it, one process at a time: what was spent and what all
 * hold is never more than the amount.
 *
 * @param needed what the process needs at least, in billionths of a dollar; less is of no use to it. Negative: it gives back
 */
export async function exchangeGrants({ db }: Pick<Database, 'db'>, place: BudgetPlace, processId: string, needed: number): Promise<Grant> {
  return db.transaction(async (tx) => {
    const left = await readLeft(tx, place, processId);
    // Removed meanwhile: nothing is held back any more.
    if (left === null) return { granted: needed, available: needed, heldElsewhere: false, nowMs: Date.now() };
    const granted = decide(needed, left.available);
    if (granted !== null) await writeGrant(tx, place, processId, granted);
    else await noteShortage(tx, place, left.heldElsewhere);
    return { ...left, granted: granted ?? 0, heldElsewhere: granted === null && left.heldElsewhere };
  });
}

/** Null: there is too little. */
function decide(needed: number, available: number): number | null {
  if (needed < 0) return needed;
  if (needed > available) return null;
  return needed + Math.floor((available - needed) * spareShare);
}

interface LeftRow extends Record<string, unknown> {
  readonly available: string;
  readonly held_elsewhere: boolean;
  readonly now_ms: string;
}

const isPlace = (table: string, { organizationId, budgetId, startsAtMs }: BudgetPlace) => sql`
  ${sql.raw(table)}.organization_id = ${organizationId} and ${sql.raw(table)}.budget_id = ${budgetId}
  and ${sql.raw(table)}.starts_at = to_timestamp(${startsAtMs / 1_000})`;

/** Until the transaction ends nobody else moves anything of it. */
async function readLeft(tx: Transaction, place: BudgetPlace, processId: string) {
  const { organizationId, budgetId, startsAtMs } = place;
  await tx.execute(sql`
    insert into budget_periods (organization_id, budget_id, starts_at)
    values (${organizationId}, ${budgetId}, to_timestamp(${startsAtMs / 1_000})) on conflict do nothing`);
  await tx.execute(sql`select 1 from budget_periods p where ${isPlace('p', place)} for update`);
  // What this process has overdrawn is in `spent`, too: a negative grant takes it out again.
  const { rows } = await tx.execute<LeftRow>(sql`
    select floor((b.amount - p.spent - h.elsewhere - h.own) * 1000000000)::text as available, h.elsewhere > 0 as held_elsewhere,
      extract(epoch from clock_timestamp()) * 1000 as now_ms
    from budgets b join budget_periods p on p.organization_id = b.organization_id and p.budget_id = b.id, lateral (
      select coalesce(sum(g.amount) filter (where g.process_id = ${processId}), 0) as own,
        coalesce(sum(greatest(g.amount, 0)) filter (
          where g.process_id <> ${processId} and g.renewed_at > now() - make_interval(secs => ${grantLifeSeconds})), 0) as elsewhere
      from budget_grants g where ${isPlace('g', place)}) h
    where ${isPlace('p', place)} and b.deleted_at is null`);
  const [row] = rows;
  return row === undefined
    ? null
    : { available: Math.max(0, Number(row.available)), heldElsewhere: row.held_elsewhere, nowMs: Number(row.now_ms) };
}

async function writeGrant(tx: Transaction, place: BudgetPlace, processId: string, granted: number): Promise<void> {
  const { organizationId, budgetId, startsAtMs } = place;
  await tx.execute(sql`
    insert into budget_grants (organization_id, budget_id, starts_at, process_id, amount)
    values (${organizationId}, ${budgetId}, to_timestamp(${startsAtMs / 1_000}), ${processId}, ${fromNanoUsd(granted)}::numeric)
    on conflict (organization_id, budget_id, starts_at, process_id) do update set
      amount = budget_grants.amount + excluded.amount, renewed_at = now()`);
}

async function noteShortage(tx: Transaction, place: BudgetPlace, heldElsewhere: boolean): Promise<void> {
  await tx.execute(sql`update budget_periods p set refused_at = now() where ${isPlace('p', place)}`);
  if (heldElsewhere) await tx.execute(sql`select pg_notify(${recallChannel}, ${place.budgetId})`);
}
