import type { CacheSavings, cacheSavingsQuerySchema } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';

export type SavingsQuery = z.infer<typeof cacheSavingsQuerySchema>;

/** What kept answers have saved an organization. Costs are added exactly; what is unknown is counted. */
export async function sumSavings({ db }: Pick<Database, 'db'>, organizationId: string, query: SavingsQuery): Promise<CacheSavings> {
  const { attempts } = schema;
  const conditions: (SQL | undefined)[] = [
    eq(attempts.organizationId, organizationId),
    sql`${attempts.fromCache}`,
    query.slug === undefined ? undefined : eq(attempts.slug, query.slug),
    query.from === undefined ? undefined : gte(attempts.startedAt, new Date(query.from)),
    query.to === undefined ? undefined : lt(attempts.startedAt, new Date(query.to)),
  ];
  const [row] = await db
    .select({
      hits: sql<number>`count(*)::integer`,
      saved_cost: sql<string>`trim_scale(coalesce(sum(${attempts.savedCost}), 0))::text`,
      unknown_cost_hits: sql<number>`count(*) filter (where ${attempts.savedCost} is null)::integer`,
    })
    .from(attempts)
    .where(and(...conditions));
  return row ?? { hits: 0, saved_cost: '0', unknown_cost_hits: 0 };
}
