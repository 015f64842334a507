import type { Batch, Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq } from 'drizzle-orm';
import { readHeldBack } from '../limits/held-back.ts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { sumBatches } from './batch-sums.ts';
import { presentBatch, readBatch } from './batch-view.ts';

const { batches } = schema;
const newest = 20;

/** The newest twenty of a workflow, newest first. @throws PipelinesError `not_found` */
export async function listBatches(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  workflowId: string,
): Promise<{ data: Batch[] }> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  const rows = await db
    .select()
    .from(batches)
    .where(and(eq(batches.organizationId, organizationId), eq(batches.workflowId, workflow.id)))
    .orderBy(desc(batches.createdAt), desc(batches.id))
    .limit(newest);
  const ids = rows.map((row) => row.id);
  const sums = await sumBatches(db, organizationId, ids);
  const heldBack = await readHeldBack(db, organizationId, ids);
  return { data: rows.map((row) => presentBatch(row, sums(row.id), heldBack(row.id))) };
}

/** @throws PipelinesError `not_found` */
export function getBatch({ database: { db } }: WorkflowsContext, { organizationId }: Principal, id: string): Promise<Batch> {
  return readBatch(db, organizationId, id);
}
