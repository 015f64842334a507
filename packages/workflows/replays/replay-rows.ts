import { PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { replays } = schema;
export type ReplayRecord = typeof replays.$inferSelect;

export function isReplay(organizationId: string, id: string) {
  return and(eq(replays.organizationId, organizationId), eq(replays.id, id));
}

/** @throws PipelinesError `not_found`, for another model's and another organization's too */
export async function findReplay(db: Queries | Transaction, organizationId: string, slug: string, id: string): Promise<ReplayRecord> {
  const [row] = await db
    .select()
    .from(replays)
    .where(and(isReplay(organizationId, requireRowId(id)), eq(replays.fromSlug, slug)));
  if (row) return row;
  throw new PipelinesError('not_found', { detail: 'There is no such replay.', fix: "See the model's page for those that there are." });
}
