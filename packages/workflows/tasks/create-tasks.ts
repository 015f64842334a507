import {
  type createdBatchSchema,
  type Graph,
  type InputField,
  PipelinesError,
  type Principal,
  type RefusedRow,
} from '@pipelines/contracts';
import type { z } from 'zod';
import { batchOfKey } from '../batches/batch-of-key.ts';
import { readBatch } from '../batches/batch-view.ts';
import { requireSameRows } from '../batches/require-same-rows.ts';
import { findVersion, type VersionRow } from '../versions/version-rows.ts';
import { modelReferences } from '../workflows/step-models.ts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { insertBatch, requireTaking } from './insert-batch.ts';
import type { CreateTasksOptions, ReadRows } from './task-row.ts';

const rowsListed = 100;

/**
 * Runs the published version on rows: they become a batch of tasks, all in one transaction, and the engine is told.
 *
 * @param readRows reads what the caller sent, as rows of these fields
 * @throws PipelinesError `rows_invalid` with the bad rows, `workflow_not_active`, `model_not_allowed`, `not_found`, `already_exists`
 * for a key that was used for other rows
 */
export async function createTasks(
  context: WorkflowsContext,
  principal: Principal,
  workflowId: string,
  readRows: (fields: readonly InputField[]) => ReadRows | Promise<ReadRows>,
  options: CreateTasksOptions,
): Promise<z.infer<typeof createdBatchSchema>> {
  const { db } = context.database;
  const { organizationId } = principal;
  const workflow = await findWorkflow(db, organizationId, workflowId);
  const earlier = await batchOfKey(db, workflow, options.idempotencyKey);
  const version = await findVersion(db, organizationId, workflow.id, earlier?.version ?? requireTaking(workflow));
  requireAllowedModels(principal, version.graph);

  if (earlier) {
    const { taken, refused } = await readRows(inputFields(version.graph));
    await requireSameRows(db, organizationId, earlier.id, taken);
    return { batch: await readBatch(db, organizationId, earlier.id), refused: [...refused] };
  }
  const { taken, refused } = await readTakenRows(version, readRows, options.rows);

  const batchId = await insertBatch(context.database, principal, version, taken, options);
  context.engine.wake();
  return { batch: await readBatch(db, organizationId, batchId), refused: [...refused] };
}

/** Rows of a version's input. @throws PipelinesError `rows_invalid` where one is bad, unless only the `valid` ones are asked for, and where none is good */
export async function readTakenRows(
  { graph }: Pick<VersionRow, 'graph'>,
  readRows: (fields: readonly InputField[]) => ReadRows | Promise<ReadRows>,
  rows: CreateTasksOptions['rows'] = 'all',
): Promise<ReadRows> {
  const { taken, refused } = await readRows(inputFields(graph));
  if (taken.length === 0 || (refused.length > 0 && rows !== 'valid')) throw refuseRows(taken.length, refused);
  return { taken, refused };
}

/** The fields of a task's input. */
export function inputFields(graph: Graph): readonly InputField[] {
  return graph.steps.flatMap((step) => (step.kind === 'start' ? step.config.fields : []));
}

/** A key that is limited to some models cannot reach others by way of a workflow. @throws PipelinesError `model_not_allowed` */
export function requireAllowedModels({ allowedModels }: Principal, graph: Graph): void {
  if (allowedModels === null) return;
  const beyond = modelReferences(graph).find(({ slug }) => !allowedModels.has(slug));
  if (beyond) {
    throw new PipelinesError('model_not_allowed', {
      detail: `The step "${beyond.step}" uses ${beyond.slug}, which this API key may not call.`,
    });
  }
}

function refuseRows(taken: number, refused: readonly RefusedRow[]): PipelinesError {
  const total = taken + refused.length;
  return new PipelinesError('rows_invalid', {
    detail: `${refused.length} of ${total} rows ${refused.length === 1 ? 'does' : 'do'} not fit the input of the workflow; none was taken.`,
    ...(taken === 0 && { fix: 'Correct the rows that are listed.' }),
    fields: refused.slice(0, rowsListed).map(({ row, message }) => ({ field: `rows.${row}`, message })),
  });
}
