import { createdBatchSchema, routes } from '@pipelines/contracts';
import type { z } from 'zod';
import { ApiProblem, fillAddress, readProblem } from '../../../api-client.ts';
import type { NewTask } from './read-tasks.ts';

export type CreatedBatch = z.infer<typeof createdBatchSchema>;

export interface CreateTasksOptions {
  readonly workflowId: string;
  /** Tasks, or a CSV with a header line. */
  readonly content: readonly NewTask[] | string;
  readonly name: string;
  /** `valid`: rows that are wrong are left out and named; otherwise one wrong row refuses all. */
  readonly rows: 'all' | 'valid';
  /** The same key again gives the same batch, so that a repeated call runs nothing twice. */
  readonly idempotencyKey: string;
}

/** Sends rows to be run. Throws `ApiProblem`. */
export async function createTasks({ workflowId, content, name, rows, idempotencyKey }: CreateTasksOptions): Promise<CreatedBatch> {
  const isCsv = typeof content === 'string';
  const response = await fetch(fillAddress(routes.createTasks.path, { id: workflowId }, { rows, name: name.trim() || undefined }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'content-type': isCsv ? 'text/csv' : 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: isCsv ? content : JSON.stringify({ tasks: content }),
  }).catch(() => {
    throw new ApiProblem(0, {
      code: 'network',
      title: 'The server could not be reached.',
      fix: 'Try again: nothing is run twice.',
    });
  });
  if (!response.ok) throw await readProblem(response);
  const parsed = createdBatchSchema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) {
    throw new ApiProblem(response.status, {
      code: 'unreadable_answer',
      title: 'The server gave an answer that this page cannot read.',
      fix: 'Look at the tasks of the pipeline: the batch may be there.',
    });
  }
  return parsed.data;
}
