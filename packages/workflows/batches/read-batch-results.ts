import type { BatchResult, Graph, Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq, sql } from 'drizzle-orm';
import { findVersion } from '../versions/version-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findBatch } from './batch-view.ts';
import { writeCsv } from './write-csv.ts';

const { tasks, stepRuns } = schema;

/** Every task of a batch in the order of its rows, ended or not. @throws PipelinesError `not_found` */
export async function readBatchResults(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
): Promise<{ data: BatchResult[] }> {
  const batch = await findBatch(db, organizationId, id);
  const costs = db.$with('costs').as(
    db
      .select({
        taskId: stepRuns.taskId,
        known: sql<boolean>`bool_and(${stepRuns.unknownCostCalls} = 0)`.as('known'),
        cost: sql<string>`trim_scale(sum(${stepRuns.cost}))`.as('cost'),
      })
      .from(stepRuns)
      .innerJoin(tasks, and(eq(tasks.organizationId, stepRuns.organizationId), eq(tasks.id, stepRuns.taskId)))
      .where(and(eq(tasks.organizationId, organizationId), eq(tasks.batchId, batch.id)))
      .groupBy(stepRuns.taskId),
  );
  const rows = await db
    .with(costs)
    .select({ task: tasks, known: costs.known, cost: costs.cost })
    .from(tasks)
    .leftJoin(costs, eq(costs.taskId, tasks.id))
    .where(and(eq(tasks.organizationId, organizationId), eq(tasks.batchId, batch.id)))
    .orderBy(asc(tasks.row));
  return {
    data: rows.map(({ task, known, cost }) => ({
      row: task.row ?? 1,
      task_id: task.id,
      external_id: task.externalId,
      state: task.state,
      input: task.input,
      output: task.output,
      error: task.error,
      cost: known === false ? null : (cost ?? '0'),
    })),
  };
}

/**
 * The same as a CSV: what is known of each row, then a column for each field of the input and for each name of
 * the end step's output.
 *
 * @throws PipelinesError `not_found`
 */
export async function exportBatchResults(context: WorkflowsContext, principal: Principal, id: string): Promise<string> {
  const { db } = context.database;
  const batch = await findBatch(db, principal.organizationId, id);
  const { graph } = await findVersion(db, principal.organizationId, batch.workflowId, batch.version);
  const { inputs, outputs } = columnsOf(graph);
  const { data } = await readBatchResults(context, principal, id);
  const header = [
    ...['row', 'task_id', 'external_id', 'state', 'cost', 'error_code', 'error_message'],
    ...inputs.map((name) => `input.${name}`),
    ...outputs.map((name) => `output.${name}`),
  ];
  const records = data.map((result) => [
    ...[result.row, result.task_id, result.external_id, result.state, result.cost, result.error?.code, result.error?.message],
    ...inputs.map((name) => cellOf(result.input, name)),
    ...outputs.map((name) => cellOf(result.output, name)),
  ]);
  return writeCsv([header, ...records]);
}

function columnsOf(graph: Graph): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
  return {
    inputs: graph.steps.flatMap((step) => (step.kind === 'start' ? step.config.fields.map((field) => field.name) : [])),
    outputs: graph.steps.flatMap((step) => (step.kind === 'end' ? step.config.mapping.map((entry) => entry.name) : [])),
  };
}

function cellOf(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return (record as Readonly<Record<string, unknown>>)[name];
}
