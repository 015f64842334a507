import { checkCron, PipelinesError, type Principal, type ScheduleDetail } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import { readTakenRows } from '../tasks/create-tasks.ts';
import { requireTaking } from '../tasks/insert-batch.ts';
import { readCsvRows } from '../tasks/read-csv-rows.ts';
import { readJsonRows } from '../tasks/read-json-rows.ts';
import { findVersion } from '../versions/version-rows.ts';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';

/** A schedule runs whatever the workflow asks by then. @throws PipelinesError `model_not_allowed` */
export function requireEveryModel({ allowedModels }: Principal): void {
  if (allowedModels === null) return;
  throw new PipelinesError('model_not_allowed', {
    detail: 'This API key may call some models only, and a schedule calls whatever the workflow asks by then.',
  });
}

/** @throws PipelinesError `invalid_request` */
export function requireTimes(cron: string, timeZone: string): void {
  const problem = checkCron(cron, timeZone);
  if (problem === null) return;
  throw new PipelinesError('invalid_request', { detail: problem.message, fields: [{ field: problem.field, message: problem.message }] });
}

/** The rows as they are kept, each of them good for the published version. @throws PipelinesError `rows_invalid`, `workflow_not_active`, `invalid_request` */
export async function readScheduleRows(
  db: Queries | Transaction,
  workflow: WorkflowRow,
  { tasks, csv }: { readonly tasks?: ScheduleDetail['tasks'] | undefined; readonly csv?: string | undefined },
): Promise<ScheduleDetail['tasks']> {
  const version = await findVersion(db, workflow.organizationId, workflow.id, requireTaking(workflow));
  const { taken } = await readTakenRows(version, (fields) =>
    csv === undefined ? readJsonRows(fields, { tasks: tasks ?? [] }) : readCsvRows(fields, Buffer.from(csv)),
  );
  return taken.map(({ input, externalId }) => ({ input: { ...input }, ...(externalId !== null && { external_id: externalId }) }));
}
