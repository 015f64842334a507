import type { InputField } from '@pipelines/contracts';
import { parse } from 'csv-parse/browser/esm/sync';

export interface CsvPreview {
  readonly headers: readonly string[];
  /** Rows without the header line. */
  readonly rowCount: number;
  /** The first few, cell by cell. */
  readonly rows: readonly (readonly string[])[];
  /** What keeps the file from being taken, or null. */
  readonly error: string | null;
}

const shownRows = 5;
const maxRows = 5_000;
/** A column of this name is the caller's own name for the row. */
const nameColumn = 'external_id';

/** A look at a CSV before it is sent: its header against the input fields, and its first rows. The server checks every row. */
export function previewCsv(text: string, fields: readonly InputField[]): CsvPreview {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, delimiter: delimiterOf(text) });
  } catch (error) {
    return { ...nothing, error: `Not a CSV: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
  const [headers = [], ...rows] = lines;
  const names = headers.map((header) => header.trim());
  return {
    headers: names,
    rowCount: rows.length,
    rows: rows.slice(0, shownRows),
    error: whyNot(names, rows.length, fields),
  };
}

const nothing: CsvPreview = { headers: [], rowCount: 0, rows: [], error: null };

/** Commas, or what stands between the names of the header instead. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function whyNot(headers: readonly string[], rowCount: number, fields: readonly InputField[]): string | null {
  const twice = headers.find((header, index) => headers.indexOf(header) !== index);
  const known = [...fields.map((field) => field.name), nameColumn];
  const unknown = headers.filter((header) => !known.includes(header));
  const missing = fields.filter((field) => field.required && !headers.includes(field.name)).map((field) => field.name);
  if (headers.length === 0) return 'The file is empty.';
  if (twice !== undefined) return `Two columns are called "${twice}".`;
  if (missing.length > 0) return `The header lacks ${missing.join(', ')}.`;
  if (unknown.length > 0) return `No input field is called ${unknown.join(', ')}.`;
  if (rowCount === 0) return 'There is no row under the header.';
  return rowCount > maxRows ? `At most ${maxRows.toLocaleString('en')} rows at once; these are ${rowCount.toLocaleString('en')}.` : null;
}
