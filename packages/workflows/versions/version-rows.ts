import { type Graph, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';

const { workflowVersions } = schema;
export type VersionRow = Omit<typeof workflowVersions.$inferSelect, 'graph'> & { readonly graph: Graph };

/** @throws PipelinesError `not_found` */
export async function findVersion(
  db: Queries | Transaction,
  organizationId: string,
  workflowId: string,
  version: number,
): Promise<VersionRow> {
  const { organizationId: organization, workflowId: workflow, version: number } = workflowVersions;
  // The column is an integer: what it cannot hold is no version.
  const [row] =
    version > 2_147_483_647
      ? []
      : await db
          .select()
          .from(workflowVersions)
          .where(and(eq(organization, organizationId), eq(workflow, workflowId), eq(number, version)));
  if (!row) throw new PipelinesError('not_found', { detail: `There is no version ${version} of this workflow.` });
  return { ...row, graph: row.graph as Graph };
}
