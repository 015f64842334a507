import type { Graph } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import { endpointReferences } from './step-endpoints.ts';
import { modelReferences } from './step-models.ts';
import type { WorkflowRow } from './workflow-rows.ts';

const { workflowModelReferences: references, workflowToolReferences: toolReferences } = schema;

/** Writes down which models and tool endpoints a new version uses: what is counted before one is taken away. */
export async function writeReferences(tx: Transaction, workflow: WorkflowRow, version: number, graph: Graph): Promise<void> {
  const { organizationId, id: workflowId, name: workflowName } = workflow;
  const common = { organizationId, workflowId, workflowName, version, active: false };
  const models = modelReferences(graph);
  if (models.length > 0) await tx.insert(references).values(models.map((each) => ({ ...common, ...each })));
  const endpoints = endpointReferences(graph);
  if (endpoints.length > 0) await tx.insert(toolReferences).values(endpoints.map((each) => ({ ...common, ...each })));
}

/** From now on only this version counts as a user of its models and tools; null: none does. */
export async function activateReferences(
  tx: Transaction,
  { organizationId, id }: Pick<WorkflowRow, 'organizationId' | 'id'>,
  version: number | null,
): Promise<void> {
  for (const table of [references, toolReferences]) {
    await tx
      .update(table)
      .set({ active: version === null ? false : sql`${table.version} = ${version}` })
      .where(and(eq(table.organizationId, organizationId), eq(table.workflowId, id)));
  }
}
