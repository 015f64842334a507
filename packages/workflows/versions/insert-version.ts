import type { Graph, Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, max } from 'drizzle-orm';
import { memberOf } from '../member-of.ts';
import { writeReferences } from '../workflows/model-references.ts';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';

const { workflowVersions } = schema;

/** Writes a graph as the next version of a locked workflow, with the models that it speaks of. Returns its number. */
export async function insertVersion(
  tx: Transaction,
  principal: Principal,
  workflow: WorkflowRow,
  graph: Graph,
  note: string,
): Promise<number> {
  const { organizationId, id: workflowId } = workflow;
  const [newest] = await tx
    .select({ version: max(workflowVersions.version) })
    .from(workflowVersions)
    .where(and(eq(workflowVersions.organizationId, organizationId), eq(workflowVersions.workflowId, workflowId)));
  const version = (newest?.version ?? 0) + 1;
  await tx.insert(workflowVersions).values({ organizationId, workflowId, version, graph, note, publishedBy: memberOf(principal) });
  await writeReferences(tx, workflow, version, graph);
  return version;
}
