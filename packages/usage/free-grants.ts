import { type Database, schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';

/** What a process that is gone might still have spent of budgets is free again: all that it has spent is in the log. */
export async function freeGrants({ db }: Pick<Database, 'db'>, processId: string): Promise<void> {
  await db.delete(schema.budgetGrants).where(eq(schema.budgetGrants.processId, processId));
  await db.delete(schema.callCounts).where(eq(schema.callCounts.processId, processId));
}
