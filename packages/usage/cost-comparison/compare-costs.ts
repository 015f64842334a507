import type { Log } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { dayFigures } from './day-figures.ts';

/** A call may be written down days late, where its server was down: so many days are compared anew. */
const daysAnew = 3;
/** More are in the database. */
const maxTold = 20;

interface Compared extends Record<string, unknown> {
  readonly organization_id: string;
  readonly day: string;
  readonly slug: string;
  readonly provider: string;
  readonly calls: number;
  readonly cost: string;
  readonly provider_cost: string;
  readonly differing_calls: number;
}

/**
 * Compares the costs of the day before `now` (UTC), and those of the days before it anew, with what the providers have told,
 * writes the figures down and reports them. Once a day, in whichever process comes first. False: it has been done.
 */
export async function compareCosts({ db }: Pick<Database, 'db'>, log: Log, now: Date): Promise<boolean> {
  const day = dayBefore(now, 1);
  const rows = await db.transaction(async (tx) => {
    const claimed = await tx.insert(schema.costComparisonDays).values({ day }).onConflictDoNothing().returning();
    if (claimed.length === 0) return null;
    const days = Array.from({ length: daysAnew }, (_, back) => dayBefore(now, back + 1));
    const compared: Compared[] = [];
    for (const each of days) {
      const { rows: written } = await tx.execute<Compared>(sql`
        insert into cost_comparisons as known
          (organization_id, day, slug, provider, calls, cost, provider_cost, differing_calls, unknown_cost_calls)
        ${dayFigures(each)}
        on conflict (organization_id, day, slug, provider) do update set calls = excluded.calls, cost = excluded.cost,
          provider_cost = excluded.provider_cost, differing_calls = excluded.differing_calls,
          unknown_cost_calls = excluded.unknown_cost_calls, compared_at = now()
        returning organization_id, day::text as day, slug, provider, calls, trim_scale(cost) as cost,
          trim_scale(provider_cost) as provider_cost, differing_calls`);
      if (each === day) compared.push(...written);
    }
    return compared;
  });
  if (rows === null) return false;
  report(rows, day, log);
  return true;
}

function report(rows: readonly Compared[], day: string, log: Log): void {
  const differing = rows.filter((row) => row.differing_calls > 0);
  for (const row of differing.slice(0, maxTold)) {
    const { organization_id: organizationId, slug, provider, differing_calls: differingCalls, cost, provider_cost: providerCost } = row;
    log({ event: 'cost_difference_found', day, organizationId, slug, provider, differingCalls, cost, providerCost });
  }
  const sum = (of: (row: Compared) => number) => rows.reduce((total, row) => total + of(row), 0);
  log({
    event: 'costs_compared',
    day,
    models: rows.length,
    calls: sum((row) => row.calls),
    differingCalls: sum((row) => row.differing_calls),
  });
}

function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 24 * 3_600_000).toISOString().slice(0, 10);
}
