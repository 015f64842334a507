import { type CostComparison, type costComparisonPageSchema, type costComparisonQuerySchema, PipelinesError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { dayFigures } from './day-figures.ts';

interface Row extends Record<string, unknown> {
  readonly day: string;
  readonly slug: string;
  readonly name: string | null;
  readonly provider: string;
  readonly calls: number;
  readonly cost: string;
  readonly provider_cost: string;
  readonly difference: string;
  readonly differing_calls: number;
  readonly unknown_cost_calls: number;
  readonly preliminary: boolean;
}

/**
 * An organization's compared costs, newest day first, then by slug. The days that the night has not come for yet are
 * counted as they stand. @throws PipelinesError `invalid_request` for a cursor that is none
 */
export async function listComparisons(
  { db }: Pick<Database, 'db'>,
  organizationId: string,
  { limit, cursor, slug, from, to }: z.output<typeof costComparisonQuerySchema>,
): Promise<z.infer<typeof costComparisonPageSchema>> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const ofOrganization = sql`a.organization_id = ${organizationId}`;
  const today = sql`(now() at time zone 'UTC')`;
  const { rows } = await db.execute<Row>(sql`
    with compared as (
      select organization_id, day, slug, provider, calls, cost, provider_cost, differing_calls, unknown_cost_calls, false as preliminary
      from cost_comparisons where organization_id = ${organizationId}
      union all select *, true from (${dayFigures(today, ofOrganization)}) today
      union all select *, true from (${dayFigures(sql`(${today} - interval '1 day')`, ofOrganization)}) yesterday
      where not exists (select 1 from cost_comparison_days done where done.day = yesterday.day)
    )
    select c.day::text as day, c.slug, coalesce(m.display_name, p.display_name) as name, c.provider, c.calls, trim_scale(c.cost) as cost,
      trim_scale(c.provider_cost) as provider_cost, trim_scale(c.cost - c.provider_cost) as difference, c.differing_calls,
      c.unknown_cost_calls, c.preliminary
    from compared c
    left join models m on m.organization_id = c.organization_id and m.slug = c.slug
    left join platform_models p on p.slug = c.slug
    where true
      ${slug === undefined ? sql`` : sql`and c.slug = ${slug.replaceAll('\0', '')}`}
      ${from === undefined ? sql`` : sql`and c.day >= ${from}::date`}
      ${to === undefined ? sql`` : sql`and c.day <= ${to}::date`}
      ${after === null ? sql`` : sql`and (c.day < ${after.day}::date or (c.day = ${after.day}::date and (c.slug, c.provider) > (${after.slug}, ${after.provider})))`}
    order by c.day desc, c.slug, c.provider limit ${limit + 1}`);
  const data: CostComparison[] = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next_cursor: rows.length > limit && last ? encodeCursor(last) : null };
}

type Place = Pick<CostComparison, 'day' | 'slug' | 'provider'>;

function encodeCursor({ day, slug, provider }: Place): string {
  return Buffer.from(JSON.stringify([day, slug, provider])).toString('base64url');
}

function decodeCursor(cursor: string): Place {
  try {
    const [day, slug, provider] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const isPlace = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
    if (isPlace && typeof slug === 'string' && typeof provider === 'string' && !`${slug}${provider}`.includes('\0')) {
      return { day, slug, provider };
    }
  } catch {
    // Told below, as any other text that is no cursor.
  }
  throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
}
