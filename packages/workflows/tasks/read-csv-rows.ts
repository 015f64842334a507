import { type FieldError, type InputField, PipelinesError, type RefusedRow } from '@pipelines/contracts';
import { checkInput } from './check-input.ts';
import { findUnstorableText } from './find-unstorable-text.ts';
import { parseCsv } from './parse-csv.ts';
import { readCell } from './read-cell.ts';
import { maxRows, type ReadRows, type TakenRow } from './task-row.ts';

const externalIdColumn = 'external_id';
const maxExternalIdLength = 200;

/**
 * The rows of a CSV with a header, its cells read as the types of the start step's fields. A column
 * `external_id` names the tasks, unless the input has such a field.
 *
 * @throws PipelinesError `invalid_request` for what is no CSV, for a header that does not fit, and for no rows or too many
 */
export async function readCsvRows(fields: readonly InputField[], bytes: Uint8Array): Promise<ReadRows> {
  const taken: TakenRow[] = [];
  const refused: RefusedRow[] = [];
  let header: readonly string[] | null = null;
  for await (const record of parseCsv(bytes)) {
    if (header === null) {
      header = record.map((name) => name.trim());
      checkHeader(fields, header);
      continue;
    }
    const row = taken.length + refused.length + 1;
    if (row > maxRows) throw refusal([{ field: '', message: `More than ${maxRows} rows: send them in several files` }]);
    const read = readRecord(fields, header, record);
    if (typeof read === 'string') refused.push({ row, message: read });
    else taken.push({ row, ...read });
  }
  if (taken.length + refused.length === 0) throw refusal([{ field: '', message: 'There is no row below the header' }]);
  return { taken, refused };
}

function checkHeader(fields: readonly InputField[], header: readonly string[]): void {
  const known = new Set([...fields.map((field) => field.name), externalIdColumn]);
  const wrong: FieldError[] = [
    ...header.filter((name, index) => header.indexOf(name) !== index).map((name) => columnError(name, 'This column is there twice')),
    ...header.filter((name) => !known.has(name)).map((name) => columnError(name, 'The input of the workflow has no such field')),
    ...fields
      .filter((field) => field.required && !header.includes(field.name))
      .map((field) => columnError(field.name, 'This column is missing')),
  ];
  if (wrong.length > 0) throw refusal(wrong.slice(0, 50));
}

const columnError = (name: string, message: string): FieldError => ({ field: name.slice(0, 80), message });

/** A record as a row, or what is wrong with it. */
function readRecord(fields: readonly InputField[], header: readonly string[], record: readonly string[]): Omit<TakenRow, 'row'> | string {
  if (record.length !== header.length) return `It has ${record.length} cells, and the header has ${header.length}.`;
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const cell = record[header.indexOf(field.name)];
    if (cell === undefined) continue;
    try {
      const value = readCell(field.type, cell);
      if (value !== undefined) input[field.name] = value;
    } catch {
      return `${field.name}: Not valid JSON.`;
    }
  }
  const isField = fields.some((field) => field.name === externalIdColumn);
  const externalId = (isField ? undefined : record[header.indexOf(externalIdColumn)]?.trim()) || null;
  if (externalId !== null && externalId.length > maxExternalIdLength) return `external_id: At most ${maxExternalIdLength} characters.`;
  return checkInput(fields, input) ?? findUnstorableText(externalId) ?? { externalId, input };
}

function refusal(fields: readonly FieldError[]): PipelinesError {
  const [first] = fields;
  const column = first?.field ? `${first.field}: ` : '';
  return new PipelinesError('invalid_request', {
    detail: `The CSV does not fit the input of the workflow. ${column}${first?.message}.`,
    fix: 'The first line must name the fields of the input; each further line is one task.',
    fields,
  });
}
