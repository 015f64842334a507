import { PipelinesError, type Principal } from '@pipelines/contracts';
import { type Database, isUniqueViolation, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { batchOfKey } from '../batches/batch-of-key.ts';
import { requireSameRows } from '../batches/require-same-rows.ts';
import { memberOf } from '../member-of.ts';
import type { VersionRow } from '../versions/version-rows.ts';
import { isWorkflow, type WorkflowRow } from '../workflows/workflow-rows.ts';
import type { CreateTasksOptions, TakenRow } from './task-row.ts';

const { batches, workflows } = schema;
const rowsPerStatement = 500;
/** From so many rows on the database is told that the table is not what it was: plans that were made for an empty one are slow. */
const analyzeFromRows = 500;

/** The version that new tasks run. @throws PipelinesError `workflow_not_active` for a draft and an archived workflow */
export function requireTaking({ state, publishedVersion }: Pick<WorkflowRow, 'state' | 'publishedVersion'>): number {
  if (state !== 'archived' && publishedVersion !== null) return publishedVersion;
  throw new PipelinesError('workflow_not_active', {
    detail: state === 'archived' ? 'The workflow is archived.' : 'The workflow has never been published.',
    fix: state === 'archived' ? 'Resume it first.' : 'Publish it first.',
  });
}

/** Writes a batch with its tasks. Of two callers with one key, the second gets the batch of the first. Returns its ID. */
export async function insertBatch(
  { db }: Pick<Database, 'db'>,
  principal: Principal,
  version: VersionRow,
  rows: readonly TakenRow[],
  options: CreateTasksOptions,
): Promise<string> {
  const { organizationId, workflowId } = version;
  try {
    const batchId = await db.transaction(async (tx) => {
      await requireStillTaking(tx, version);
      const id = await writeBatch(tx, version, rows, { ...options, createdBy: memberOf(principal) });
      await recordAudit(tx, principal, 'batch.created', { type: 'batch', id });
      return id;
    });
    if (rows.length >= analyzeFromRows) await db.execute(sql`analyze tasks`);
    return batchId;
  } catch (error) {
    const first = isUniqueViolation(error, 'batches_idempotency_key')
      ? await batchOfKey(db, { organizationId, id: workflowId }, options.idempotencyKey)
      : null;
    if (!first) throw error;
    await requireSameRows(db, organizationId, first.id, rows);
    return first.id;
  }
}

/** The rows as tasks of this version, whatever the state of its workflow. Returns the ID of their batch. */
export async function writeBatch(
  tx: Transaction,
  version: Pick<VersionRow, 'organizationId' | 'workflowId' | 'version'>,
  rows: readonly TakenRow[],
  { name, idempotencyKey, createdBy }: CreateTasksOptions & { readonly createdBy: string | null },
): Promise<string> {
  const batchId = uuidv7();
  await tx.insert(batches).values({
    organizationId: version.organizationId,
    id: batchId,
    workflowId: version.workflowId,
    version: version.version,
    name: name?.trim() || `${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'task' : 'tasks'}`,
    total: rows.length,
    idempotencyKey,
    createdBy,
  });
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await insertTasks(tx, version, batchId, rows.slice(start, start + rowsPerStatement));
  }
  return batchId;
}

/** Nobody archives the workflow between the check and the tasks. */
async function requireStillTaking(tx: Transaction, { organizationId, workflowId }: VersionRow): Promise<void> {
  const [workflow] = await tx.select().from(workflows).where(isWorkflow(organizationId, workflowId)).for('share');
  if (!workflow) throw new PipelinesError('not_found');
  requireTaking(workflow);
}

/** Many rows in one statement with one parameter: thousands of separate parameters cost more than the rows. */
async function insertTasks(
  tx: Transaction,
  { organizationId, workflowId, version }: Pick<VersionRow, 'organizationId' | 'workflowId' | 'version'>,
  batchId: string,
  rows: readonly TakenRow[],
): Promise<void> {
  const records = rows.map(({ row, externalId, input }) => ({ id: uuidv7(), row, external_id: externalId, input }));
  await tx.execute(sql`
    insert into tasks (organization_id, id, workflow_id, version, batch_id, "row", external_id, input)
    select ${organizationId}::uuid, record.id, ${workflowId}::uuid, ${version}::integer, ${batchId}::uuid, record."row", record.external_id, record.input
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as record (id uuid, "row" integer, external_id text, input jsonb)`);
}
