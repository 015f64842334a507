import { type Dataset, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, count, eq, inArray } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { datasets, evaluations } = schema;
export type DatasetRecord = typeof datasets.$inferSelect;

export function isDataset(organizationId: string, id: string) {
  return and(eq(datasets.organizationId, organizationId), eq(datasets.id, id));
}

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findDataset(db: Queries | Transaction, organizationId: string, id: string): Promise<DatasetRecord> {
  const [row] = await db
    .select()
    .from(datasets)
    .where(isDataset(organizationId, requireRowId(id)));
  if (!row)
    throw new PipelinesError('not_found', { detail: 'There is no such dataset.', fix: 'See GET /api/datasets for those that there are.' });
  return row;
}

/** With how many evaluations use each. */
export async function presentDatasets(
  db: Queries | Transaction,
  organizationId: string,
  rows: readonly DatasetRecord[],
): Promise<Dataset[]> {
  const ids = rows.map((row) => row.id);
  const uses =
    ids.length === 0
      ? []
      : await db
          .select({ id: evaluations.datasetId, evaluations: count() })
          .from(evaluations)
          .where(and(eq(evaluations.organizationId, organizationId), inArray(evaluations.datasetId, ids)))
          .groupBy(evaluations.datasetId);
  const byId = new Map(uses.map((use) => [use.id, use.evaluations]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    rows: row.rows,
    inputs: row.inputs,
    expected: row.expected,
    evaluations: byId.get(row.id) ?? 0,
    created_at: row.createdAt.toISOString(),
  }));
}

/** @throws PipelinesError `not_found` */
export async function readDataset(db: Queries | Transaction, organizationId: string, id: string): Promise<Dataset> {
  const [dataset] = await presentDatasets(db, organizationId, [await findDataset(db, organizationId, id)]);
  return dataset as Dataset;
}
