import type { Principal } from '@pipelines/contracts';
import { type Database, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { memberOf } from '../member-of.ts';
import { checkDatasetRows, type DatasetRowInput } from './check-dataset-rows.ts';

const rowsPerStatement = 500;

/** Writes a dataset with its rows, all in one transaction. Returns its ID. @throws PipelinesError `rows_invalid` */
export async function insertDataset(
  { db }: Pick<Database, 'db'>,
  principal: Principal,
  name: string,
  rows: readonly DatasetRowInput[],
): Promise<string> {
  checkDatasetRows(rows);
  const { organizationId } = principal;
  const id = uuidv7();
  await db.transaction(async (tx) => {
    await tx.insert(schema.datasets).values({
      organizationId,
      id,
      name,
      rows: rows.length,
      inputs: namesOf(rows.map((row) => row.input)),
      expected: namesOf(rows.map((row) => row.expected ?? {})),
      createdBy: memberOf(principal),
    });
    for (let start = 0; start < rows.length; start += rowsPerStatement) {
      await insertRows(tx, organizationId, id, rows.slice(start, start + rowsPerStatement), start + 1);
    }
    await recordAudit(tx, principal, 'dataset.created', { type: 'dataset', id });
  });
  return id;
}

/** Each name once, in the order in which it comes up. */
function namesOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

async function insertRows(
  tx: Transaction,
  organizationId: string,
  datasetId: string,
  rows: readonly DatasetRowInput[],
  firstRow: number,
): Promise<void> {
  const records = rows.map(({ input, expected = {}, external_id = null }, index) => ({
    row: firstRow + index,
    external_id,
    input,
    expected,
  }));
  await tx.execute(sql`
    insert into dataset_rows (organization_id, dataset_id, "row", external_id, input, expected)
    select ${organizationId}::uuid, ${datasetId}::uuid, record."row", record.external_id, record.input, record.expected
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as record ("row" integer, external_id text, input jsonb, expected jsonb)`);
}
