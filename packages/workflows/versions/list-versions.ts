import type { Principal, WorkflowVersion, workflowVersionDetailSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, getTableColumns } from 'drizzle-orm';
import type { z } from 'zod';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findVersion, type VersionRow } from './version-rows.ts';

const { workflowVersions } = schema;
const { graph: _graph, ...head } = getTableColumns(workflowVersions);

/** Newest first. @throws PipelinesError `not_found` */
export async function listVersions(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  workflowId: string,
): Promise<{ data: WorkflowVersion[] }> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  const rows = await db
    .select(head)
    .from(workflowVersions)
    .where(and(eq(workflowVersions.organizationId, organizationId), eq(workflowVersions.workflowId, workflow.id)))
    .orderBy(desc(workflowVersions.version));
  return { data: rows.map(present) };
}

/** One version with its graph. @throws PipelinesError `not_found` */
export async function getVersion(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  workflowId: string,
  version: number,
): Promise<z.infer<typeof workflowVersionDetailSchema>> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  const row = await findVersion(db, organizationId, workflow.id, version);
  return { ...present(row), graph: row.graph };
}

function present(row: Omit<VersionRow, 'graph'>): WorkflowVersion {
  return { version: row.version, note: row.note, published_by: row.publishedBy, published_at: row.publishedAt.toISOString() };
}
