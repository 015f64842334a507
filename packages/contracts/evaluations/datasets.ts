import { z } from 'zod';
import { id, line, pageOf, pageQuery, timestamp } from '../fields.ts';

/** Rows in one dataset. */
export const maxDatasetRows = 5_000;

/** Rows with which workflows are evaluated. They never change: what an evaluation has measured stays true. */
export const datasetSchema = z.object({
  id,
  name: z.string(),
  rows: z.number().int().positive(),
  /** Names of the inputs that its rows have. */
  inputs: z.array(z.string()),
  /** Names of the expected values that its rows have; `{{expected.<name>}}` in a check. */
  expected: z.array(z.string()),
  /** How many evaluations use it; it can be deleted while none does. */
  evaluations: z.number().int(),
  created_at: timestamp,
});
export type Dataset = z.infer<typeof datasetSchema>;
export const datasetPageSchema = pageOf(datasetSchema);

export const datasetRowSchema = z.object({
  /** From 1. */
  row: z.number().int().positive(),
  external_id: z.string().nullable(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
});
export type DatasetRow = z.infer<typeof datasetRowSchema>;
export const datasetRowPageSchema = pageOf(datasetRowSchema);

export const createDatasetBodySchema = z.strictObject({
  name: line(120),
  rows: z
    .array(
      z.strictObject({
        input: z.record(z.string(), z.unknown()),
        expected: z.record(z.string(), z.unknown()).optional(),
        external_id: z.string().max(200).optional(),
      }),
    )
    .min(1)
    .max(maxDatasetRows),
});

/** `expected: outputs` takes what the tasks have given as what is expected from now on. */
export const datasetFromBatchBodySchema = z.strictObject({ name: line(120), expected: z.enum(['none', 'outputs']) });
export const renameDatasetBodySchema = z.strictObject({ name: line(120) });
export const datasetRowsQuerySchema = z.object(pageQuery);
