import { textOf } from '@pipelines/contracts';

/**
 * Records as a CSV (RFC 4180) that spreadsheets open as UTF-8. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it: models and callers must not write formulas into somebody's spreadsheet.
 */
export function writeCsv(records: readonly (readonly unknown[])[]): string {
  return `\ufeff${records.map((record) => `${record.map(writeCell).join(',')}\r\n`).join('')}`;
}

function writeCell(value: unknown): string {
  const text = textOf(value);
  const guarded = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
