import { type createDatasetBodySchema, PipelinesError } from '@pipelines/contracts';
import type { z } from 'zod';
import { findUnstorableText } from '../tasks/find-unstorable-text.ts';

export type DatasetRowInput = z.output<typeof createDatasetBodySchema>['rows'][number];

const maxExternalIdLength = 200;
const rowsListed = 100;

/** @throws PipelinesError `rows_invalid` with the rows that cannot be kept */
export function checkDatasetRows(rows: readonly DatasetRowInput[]): void {
  const wrong = rows.flatMap((row, index) => {
    const message = findFault(row);
    return message === null ? [] : [{ field: `rows.${index + 1}`, message }];
  });
  if (wrong.length === 0) return;
  throw new PipelinesError('rows_invalid', {
    detail: `${wrong.length} of ${rows.length} rows cannot be kept; none was.`,
    fix: 'Correct the rows that are listed.',
    fields: wrong.slice(0, rowsListed),
  });
}

function findFault({ input, expected = {}, external_id: externalId = '' }: DatasetRowInput): string | null {
  if (externalId.length > maxExternalIdLength) return `external_id: At most ${maxExternalIdLength} characters.`;
  return findUnstorableText(externalId) ?? findUnstorableText(input) ?? findUnstorableText(expected);
}
