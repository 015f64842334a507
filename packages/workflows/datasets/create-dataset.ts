import {
  type createDatasetBodySchema,
  type Dataset,
  type datasetFromBatchBodySchema,
  line,
  PipelinesError,
  type Principal,
} from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { findBatch } from '../batches/batch-view.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import type { DatasetRowInput } from './check-dataset-rows.ts';
import { readDataset } from './dataset-view.ts';
import { insertDataset } from './insert-dataset.ts';
import { readDatasetCsv } from './read-dataset-csv.ts';

const { tasks } = schema;

/** Keeps rows as they are. @throws PipelinesError `rows_invalid` */
export async function createDataset(
  context: WorkflowsContext,
  principal: Principal,
  { name, rows }: z.output<typeof createDatasetBodySchema>,
): Promise<Dataset> {
  return insert(context, principal, name, rows);
}

/** The same from the bytes of a CSV. @throws PipelinesError `invalid_request`, `rows_invalid` */
export async function createDatasetFromCsv(
  context: WorkflowsContext,
  principal: Principal,
  name: string | undefined,
  csv: Uint8Array,
): Promise<Dataset> {
  const named = line(120).safeParse(name ?? '');
  if (!named.success) {
    throw new PipelinesError('invalid_request', {
      detail: 'The dataset needs a name that can be read.',
      fix: 'Send it as ?name=…',
      fields: [{ field: 'name', message: named.error.issues[0]?.message ?? 'Required' }],
    });
  }
  return insert(context, principal, named.data, await readDatasetCsv(csv));
}

/**
 * The finished tasks of a batch as a dataset: their inputs, and what they have given as what is expected where that
 * is wanted. @throws PipelinesError `conflict` when none has finished, `not_found`
 */
export async function createDatasetFromBatch(
  context: WorkflowsContext,
  principal: Principal,
  batchId: string,
  { name, expected }: z.output<typeof datasetFromBatchBodySchema>,
): Promise<Dataset> {
  const { db } = context.database;
  const { organizationId } = principal;
  const batch = await findBatch(db, organizationId, batchId);
  const finished = await db
    .select({ externalId: tasks.externalId, input: tasks.input, output: tasks.output })
    .from(tasks)
    .where(and(eq(tasks.organizationId, organizationId), eq(tasks.batchId, batch.id), eq(tasks.state, 'finished')))
    .orderBy(asc(tasks.row));
  if (finished.length === 0) {
    throw new PipelinesError('conflict', { detail: 'No task of this batch has finished.', fix: 'Wait for one, or choose another batch.' });
  }
  const rows = finished.map(
    ({ externalId, input, output }): DatasetRowInput => ({
      input,
      ...(expected === 'outputs' && { expected: (output ?? {}) as Record<string, unknown> }),
      ...(externalId !== null && { external_id: externalId }),
    }),
  );
  return insert(context, principal, name, rows);
}

async function insert(
  { database }: WorkflowsContext,
  principal: Principal,
  name: string,
  rows: readonly DatasetRowInput[],
): Promise<Dataset> {
  const id = await insertDataset(database, principal, name, rows);
  return readDataset(database.db, principal.organizationId, id);
}
