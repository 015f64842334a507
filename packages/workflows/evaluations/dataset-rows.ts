import type { InputField } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import { checkInput } from '../tasks/check-input.ts';
import { readCell } from '../tasks/read-cell.ts';
import type { ReadRows, TakenRow } from '../tasks/task-row.ts';

const { datasetRows } = schema;
type DatasetRecordRow = Pick<typeof datasetRows.$inferSelect, 'row' | 'externalId' | 'input'>;

export function readAllRows(db: Queries | Transaction, organizationId: string, datasetId: string): Promise<DatasetRecordRow[]> {
  return db
    .select({ row: datasetRows.row, externalId: datasetRows.externalId, input: datasetRows.input })
    .from(datasetRows)
    .where(and(eq(datasetRows.organizationId, organizationId), eq(datasetRows.datasetId, datasetId)))
    .orderBy(asc(datasetRows.row));
}

/** Rows of a dataset as tasks of a workflow: inputs that it has no field for are left out, texts are read as the fields' types. */
export function readDatasetRows(fields: readonly InputField[], rows: readonly DatasetRecordRow[]): ReadRows {
  const taken: TakenRow[] = [];
  const refused: { row: number; message: string }[] = [];
  for (const { row, externalId, input: given } of rows) {
    const input = readInput(fields, given);
    const message = typeof input === 'string' ? input : checkInput(fields, input);
    if (message === null) taken.push({ row, externalId, input: input as Record<string, unknown> });
    else refused.push({ row, message });
  }
  return { taken, refused };
}

function readInput(fields: readonly InputField[], given: Readonly<Record<string, unknown>>): Record<string, unknown> | string {
  const input: Record<string, unknown> = {};
  for (const { name, type } of fields) {
    if (!Object.hasOwn(given, name)) continue;
    const value = given[name];
    try {
      input[name] = typeof value === 'string' ? readCell(type, value) : value;
    } catch {
      return `${name}: Not valid JSON.`;
    }
  }
  return input;
}
