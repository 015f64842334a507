import { type FieldError, maxDatasetRows, PipelinesError } from '@pipelines/contracts';
import { parseCsv } from '../tasks/parse-csv.ts';
import type { DatasetRowInput } from './check-dataset-rows.ts';

const externalIdColumn = 'external_id';

/**
 * The rows of a CSV with a header. A column `expected.label` is the expected value `label`, `expected` alone the
 * expected value `value`, `external_id` names the row, and every other column, with or without `input.` before it,
 * is an input. Cells stay texts: an evaluation reads them as the fields of its workflow. Empty cells are left out.
 *
 * @throws PipelinesError `invalid_request` for what is no CSV, for a header that does not fit, and for no rows or too many
 */
export async function readDatasetCsv(bytes: Uint8Array): Promise<DatasetRowInput[]> {
  const rows: DatasetRowInput[] = [];
  let columns: readonly Column[] | null = null;
  for await (const record of parseCsv(bytes)) {
    if (columns === null) {
      columns = readHeader(record.map((name) => name.trim()));
      continue;
    }
    const row = rows.length + 1;
    if (row > maxDatasetRows) throw refusal('', `More than ${maxDatasetRows} rows: make several datasets`);
    if (record.length !== columns.length)
      throw refusal(`rows.${row}`, `It has ${record.length} cells, and the header has ${columns.length}`);
    rows.push(readRecord(columns, record));
  }
  if (rows.length === 0) throw refusal('', 'There is no row below the header');
  return rows;
}

type Column =
  | { readonly part: 'input' | 'expected'; readonly name: string }
  | { readonly part: 'external_id'; readonly name: typeof externalIdColumn };

function readHeader(header: readonly string[]): readonly Column[] {
  const columns = header.map(readColumn);
  const keys = columns.map(({ part, name }) => `${part}.${name}`);
  const twice = header.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) throw refusal(twice, 'This column is there twice');
  if (!columns.some(({ part }) => part === 'input')) throw refusal('', 'There is no column with an input');
  return columns;
}

function readColumn(header: string): Column {
  if (header === externalIdColumn) return { part: 'external_id', name: externalIdColumn };
  if (header === 'expected') return { part: 'expected', name: 'value' };
  const [, prefix, rest] = /^(input|expected)\.(.+)$/.exec(header) ?? [];
  const name = rest ?? header;
  if (!/^[A-Za-z_][\w-]{0,79}$/.test(name)) {
    throw refusal(header, 'A name has letters, digits, _ and - only, so that {{input.name}} can speak of it');
  }
  return { part: prefix === 'expected' ? 'expected' : 'input', name };
}

function readRecord(columns: readonly Column[], record: readonly string[]): DatasetRowInput {
  const input: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  let externalId: string | undefined;
  columns.forEach(({ part, name }, index) => {
    const cell = record[index] ?? '';
    if (cell.trim() === '') return;
    if (part === 'external_id') externalId = cell.trim();
    else if (part === 'input') input[name] = cell;
    else expected[name] = cell;
  });
  return { input, expected, ...(externalId !== undefined && { external_id: externalId }) };
}

function refusal(field: string, message: string): PipelinesError {
  const place = field === '' ? '' : `${field.slice(0, 80)}: `;
  const fields: FieldError[] = [{ field: field.slice(0, 80), message }];
  return new PipelinesError('invalid_request', {
    detail: `The CSV is no dataset. ${place}${message}.`,
    fix: 'The first line must name the inputs and the expected values (expected.label); each further line is one row.',
    fields,
  });
}
