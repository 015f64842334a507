import type { createTasksBodySchema, InputField, RefusedRow } from '@pipelines/contracts';
import type { z } from 'zod';
import { checkInput } from './check-input.ts';
import { findUnstorableText } from './find-unstorable-text.ts';
import type { ReadRows, TakenRow } from './task-row.ts';

/** The rows of a JSON body, each checked against the fields of the start step. */
export function readJsonRows(fields: readonly InputField[], { tasks }: z.output<typeof createTasksBodySchema>): ReadRows {
  const taken: TakenRow[] = [];
  const refused: RefusedRow[] = [];
  tasks.forEach(({ input, external_id: externalId = null }, index) => {
    const row = index + 1;
    const message = checkInput(fields, input) ?? findUnstorableText(externalId);
    if (message === null) taken.push({ row, externalId, input });
    else refused.push({ row, message });
  });
  return { taken, refused };
}
