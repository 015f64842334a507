import type { Graph } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import { modelReferences } from './step-models.ts';
import type { WorkflowRow } from './workflow-rows.ts';

const { workflowModelReferences: references } = schema;

/** Writes down which models a new version uses: what the registry counts before a model is deactivated. */
export async function writeReferences(tx: Transaction, workflow: WorkflowRow, version: number, graph: Graph): Promise<void> {
  const used = modelReferences(graph);
  if (used.length === 0) return;
  const { organizationId, id: workflowId, name: workflowName } = workflow;
  await tx.insert(references).values(used.map((each) => ({ organizationId, workflowId, workflowName, version, active: false, ...each })));
}

/** From now on only this version counts as a user of its models; null: none does. */
export async function activateReferences(
  tx: Transaction,
  { organizationId, id }: Pick<WorkflowRow, 'organizationId' | 'id'>,
  version: number | null,
): Promise<void> {
  await tx
    .update(references)
    .set({ active: version === null ? false : sql`${references.version} = ${version}` })
    .where(and(eq(references.organizationId, organizationId), eq(references.workflowId, id)));
}
