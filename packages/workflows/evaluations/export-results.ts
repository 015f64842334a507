import type { EvaluationRow, Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import { writeCsv } from '../batches/write-csv.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findEvaluation } from './evaluation-rows.ts';
import { readRows } from './list-evaluation-rows.ts';

const { datasets, evaluationCandidates } = schema;
const rowsAtOnce = 500;

/** Every row of an evaluation in its order, ended or not. @throws PipelinesError `not_found` */
export async function readEvaluationResults(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
): Promise<{ data: EvaluationRow[] }> {
  const evaluation = await findEvaluation(db, organizationId, id);
  const data: EvaluationRow[] = [];
  for (let after = 0; after < evaluation.rows; after += rowsAtOnce) {
    data.push(...(await readRows(db, evaluation, { after, limit: rowsAtOnce, filter: 'all' })));
  }
  return { data };
}

/**
 * The same as a CSV, one line a row: its input and expected values, then for each candidate what became of its task and
 * of each check. @throws PipelinesError `not_found`
 */
export async function exportEvaluationResults(context: WorkflowsContext, principal: Principal, id: string): Promise<string> {
  const { db } = context.database;
  const { organizationId } = principal;
  const evaluation = await findEvaluation(db, organizationId, id);
  const [dataset] = await db
    .select({ inputs: datasets.inputs, expected: datasets.expected })
    .from(datasets)
    .where(and(eq(datasets.organizationId, organizationId), eq(datasets.id, evaluation.datasetId)));
  const candidates = await db
    .select({ candidate: evaluationCandidates.candidate, label: evaluationCandidates.label })
    .from(evaluationCandidates)
    .where(and(eq(evaluationCandidates.organizationId, organizationId), eq(evaluationCandidates.evaluationId, evaluation.id)))
    .orderBy(asc(evaluationCandidates.candidate));
  const inputs = dataset?.inputs ?? [];
  const expected = dataset?.expected ?? [];
  const names = evaluation.checks.map((check) => check.name);
  const header = [
    ...['row', 'external_id'],
    ...inputs.map((name) => `input.${name}`),
    ...expected.map((name) => `expected.${name}`),
    ...candidates.flatMap(({ candidate, label }) =>
      [
        'state',
        'outcome',
        'output',
        'error_code',
        'cost',
        'latency_ms',
        ...names.flatMap((name) => [name, `${name}.score`, `${name}.detail`]),
      ].map((column) => `${candidate} ${label}: ${column}`),
    ),
  ];
  const { data } = await readEvaluationResults(context, principal, evaluation.id);
  const records = data.map((row) => [
    ...[row.row, row.external_id],
    ...inputs.map((name) => row.input[name]),
    ...expected.map((name) => row.expected[name]),
    ...candidates.flatMap(({ candidate }) => cellsOf(row, candidate, names)),
  ]);
  return writeCsv([header, ...records]);
}

function cellsOf({ candidates }: EvaluationRow, candidate: number, names: readonly string[]): unknown[] {
  const found = candidates.find((each) => each.candidate === candidate);
  const checks = names.flatMap((name) => {
    const result = found?.checks.find((each) => each.name === name);
    return [result?.outcome, result?.score, result?.detail];
  });
  return [found?.state, found?.outcome, found?.output, found?.error?.code, found?.cost, found?.latency_ms, ...checks];
}
