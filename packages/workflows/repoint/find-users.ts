import { type Graph, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';
import type { WorkflowWithGraph } from './plan-workflow.ts';

const { workflows, workflowVersions: versions, workflowModelReferences: references } = schema;

/**
 * The workflows that speak of a model, published or in their draft, each with what it has published; archived
 * ones are left out. In the order of their IDs.
 *
 * @param ids only these, whether they speak of it or not
 * @param lock nobody else edits or publishes them until the transaction ends
 * @throws PipelinesError `not_found` for an ID that is no workflow of the organization
 */
export async function findUsers(
  db: Queries | Transaction,
  organizationId: string,
  slug: string,
  ids: readonly string[] | undefined,
  lock: boolean,
): Promise<WorkflowWithGraph[]> {
  const chosen = ids === undefined ? undefined : [...new Set(ids)];
  const rows = await selectWorkflows(db, organizationId, slug, chosen, lock);
  if (chosen !== undefined && rows.length < chosen.length)
    throw new PipelinesError('not_found', {
      detail: 'One of the workflows does not exist.',
      fix: 'See GET /api/workflows for those that there are.',
    });
  const graphs = await readGraphs(db, organizationId, rows);
  return rows.filter(({ state }) => state !== 'archived').map((workflow) => ({ workflow, published: graphs.get(workflow.id) ?? null }));
}

async function selectWorkflows(
  db: Queries | Transaction,
  organizationId: string,
  slug: string,
  ids: readonly string[] | undefined,
  lock: boolean,
): Promise<WorkflowRow[]> {
  const known = ids?.filter((id) => validate(id));
  if (known?.length === 0) return [];
  const which = known === undefined ? and(ne(workflows.state, 'archived'), speaksOf(organizationId, slug)) : inArray(workflows.id, known);
  const query = db
    .select()
    .from(workflows)
    .where(and(eq(workflows.organizationId, organizationId), which))
    .orderBy(asc(workflows.id));
  return lock ? query.for('no key update') : query;
}

function speaksOf(organizationId: string, slug: string): SQL | undefined {
  return or(
    sql`jsonb_path_exists(${workflows.draft}::jsonb, '$.steps[*].config ? (@.model == $slug || @.fallback_model == $slug)', jsonb_build_object('slug', ${slug}::text))`,
    sql`exists (select from ${references} where ${references.organizationId} = ${organizationId} and ${references.slug} = ${slug}
      and ${references.active} and ${references.workflowId} = ${workflows.id})`,
  );
}

async function readGraphs(db: Queries | Transaction, organizationId: string, rows: readonly WorkflowRow[]): Promise<Map<string, Graph>> {
  const published = rows.filter(({ publishedVersion }) => publishedVersion !== null);
  if (published.length === 0) return new Map();
  const found = await db
    .select({ workflowId: versions.workflowId, graph: versions.graph })
    .from(versions)
    .innerJoin(workflows, and(eq(workflows.organizationId, versions.organizationId), eq(workflows.id, versions.workflowId)))
    .where(
      and(
        eq(versions.organizationId, organizationId),
        eq(versions.version, workflows.publishedVersion),
        inArray(
          versions.workflowId,
          published.map(({ id }) => id),
        ),
      ),
    );
  return new Map(found.map(({ workflowId, graph }) => [workflowId, graph as Graph]));
}
