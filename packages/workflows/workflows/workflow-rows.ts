import { PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { workflows } = schema;
export type WorkflowRow = typeof workflows.$inferSelect;

export function isWorkflow(organizationId: string, id: string) {
  return and(eq(workflows.organizationId, organizationId), eq(workflows.id, id));
}

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findWorkflow(db: Queries | Transaction, organizationId: string, id: string): Promise<WorkflowRow> {
  const [row] = await db
    .select()
    .from(workflows)
    .where(isWorkflow(organizationId, requireRowId(id)));
  return row ?? refuseUnknown();
}

/** Until the transaction ends nobody else edits, publishes or stops it. @throws PipelinesError `not_found`, for an evaluation's own too */
export async function lockWorkflow(tx: Transaction, organizationId: string, id: string): Promise<WorkflowRow> {
  const [row] = await tx
    .select()
    .from(workflows)
    .where(and(isWorkflow(organizationId, requireRowId(id)), eq(workflows.ofEvaluation, false)))
    .for('no key update');
  return row ?? refuseUnknown();
}

/** @throws PipelinesError `conflict` when somebody has edited the draft since `revision` */
export function requireRevision(row: WorkflowRow, revision: number): void {
  if (row.revision === revision) return;
  throw new PipelinesError('conflict', {
    detail: `The draft has been edited meanwhile: it is at revision ${row.revision}, and this was made on revision ${revision}.`,
    fix: 'Load the newest draft, and make the change again on top of it.',
    fields: [{ field: 'revision', message: `Now ${row.revision}` }],
  });
}

function refuseUnknown(): never {
  throw new PipelinesError('not_found', { detail: 'There is no such workflow.', fix: 'See GET /api/workflows for those that there are.' });
}
