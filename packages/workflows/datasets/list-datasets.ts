import {
  type datasetPageSchema,
  type datasetRowPageSchema,
  type datasetRowsQuerySchema,
  PipelinesError,
  type Principal,
} from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, desc, eq, getTableColumns, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { cursorMoment, isAfterCursor, toPage } from '../list-cursor.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findDataset, presentDatasets } from './dataset-view.ts';

const { datasets, datasetRows } = schema;
type PageQuery = z.output<typeof datasetRowsQuerySchema>;

/** One page, newest first. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listDatasets(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  { limit, cursor }: PageQuery,
): Promise<z.infer<typeof datasetPageSchema>> {
  const found = await db
    .select({ ...getTableColumns(datasets), cursorAt: cursorMoment(datasets.createdAt) })
    .from(datasets)
    .where(
      and(
        eq(datasets.organizationId, organizationId),
        cursor === undefined ? undefined : isAfterCursor(cursor, datasets.createdAt, datasets.id),
      ),
    )
    .orderBy(desc(datasets.createdAt), desc(datasets.id))
    .limit(limit + 1);
  const { rows, nextCursor } = toPage(found, limit, (row) => row.id);
  return { data: await presentDatasets(db, organizationId, rows), next_cursor: nextCursor };
}

/** One page of rows in their order. @throws PipelinesError `invalid_request` for a cursor that is none, `not_found` */
export async function listDatasetRows(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
  { limit, cursor }: PageQuery,
): Promise<z.infer<typeof datasetRowPageSchema>> {
  const dataset = await findDataset(db, organizationId, id);
  const found = await db
    .select()
    .from(datasetRows)
    .where(
      and(
        eq(datasetRows.organizationId, organizationId),
        eq(datasetRows.datasetId, dataset.id),
        gt(datasetRows.row, readRowCursor(cursor)),
      ),
    )
    .orderBy(asc(datasetRows.row))
    .limit(limit + 1);
  const page = found.slice(0, limit);
  return {
    data: page.map(({ row, externalId, input, expected }) => ({ row, external_id: externalId, input, expected })),
    next_cursor: found.length > limit ? String(page.at(-1)?.row) : null,
  };
}

/** The row after which a page begins. @throws PipelinesError `invalid_request` */
export function readRowCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  return Number(cursor);
}
