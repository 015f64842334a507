import { checkGraph, type Graph, type Workflow, type WorkflowSummary } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readStepEndpoints } from './step-endpoints.ts';
import { readStepModels } from './step-models.ts';
import { countTasks } from './task-counts.ts';
import type { WorkflowRow } from './workflow-rows.ts';

/** What a list needs of a row. */
export type WorkflowHead = Omit<WorkflowRow, 'draft'>;

export function presentSummary(row: WorkflowHead, tasks: WorkflowSummary['tasks']): WorkflowSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    state: row.state,
    published_version: row.publishedVersion,
    has_changes: row.publishedRevision !== row.revision,
    tasks,
    updated_at: row.updatedAt.toISOString(),
    created_at: row.createdAt.toISOString(),
  };
}

/** With what is wrong with its draft, judged by the models as they are now. */
export async function presentWorkflow(
  context: Pick<WorkflowsContext, 'registry'>,
  db: Queries | Transaction,
  row: WorkflowRow,
): Promise<Workflow> {
  const draft = row.draft as Graph;
  const counts = await countTasks(db, row.organizationId, [row.id]);
  return {
    ...presentSummary(row, counts(row.id)),
    revision: row.revision,
    draft,
    problems: checkGraph(draft, readStepModels(context, row.organizationId, draft), await readStepEndpoints(db, row.organizationId, draft)),
  };
}
