import type { Budget, budgetQuerySchema, Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { readSubjectFilter } from '../limit-subject.ts';
import type { LimitsContext } from '../limits-context.ts';
import { pageOfRows, readCursor } from '../page-of-rows.ts';
import { presentBudget, reachedThreshold, selectBudgets } from './budget-rows.ts';

const { budgets } = schema;
export type BudgetQuery = z.output<typeof budgetQuerySchema>;

/** In the order in which they were made. @throws PipelinesError `invalid_request` for a foreign cursor */
export async function listBudgets(
  { database: { db } }: LimitsContext,
  { organizationId }: Principal,
  query: BudgetQuery,
): Promise<{ data: Budget[]; next_cursor: string | null }> {
  const filter = readSubjectFilter(budgets, query);
  if (filter === null) return { data: [], next_cursor: null };
  const cursor = readCursor(query.cursor);
  const where = and(
    eq(budgets.organizationId, organizationId),
    filter,
    cursor === undefined ? undefined : gt(budgets.id, cursor),
    query.reached === undefined ? undefined : sql`${reachedThreshold} >= ${query.reached}`,
  );
  return pageOfRows(await selectBudgets(db, where, query.limit + 1), query.limit, presentBudget);
}
