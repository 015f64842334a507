import { type CandidateComparison, type CandidateResult, type Check, type Evaluation, taskStateSchema } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import { type EvaluationRecord, findEvaluation } from './evaluation-rows.ts';
import { judgesOf } from './plan-judges.ts';
import { type CandidateSums, readCandidateSums } from './read-candidate-sums.ts';
import { type CheckCounts, readCheckCounts } from './read-check-counts.ts';
import { comparePairs, countRowOutcomes, type OutcomeCounts, type PairCounts } from './read-outcomes.ts';
import { rateOf, signTest } from './statistics.ts';

const { datasets, evaluationCandidates, workflows } = schema;
type Db = Queries | Transaction;

/** An evaluation with everything that is known of it at this moment. @throws PipelinesError `not_found` */
export async function readEvaluation(db: Db, organizationId: string, id: string): Promise<Evaluation> {
  const record = await findEvaluation(db, organizationId, id);
  const { checks } = record;
  const named = await readNames(db, record);
  const rows = await db
    .select()
    .from(evaluationCandidates)
    .where(and(eq(evaluationCandidates.organizationId, organizationId), eq(evaluationCandidates.evaluationId, record.id)))
    .orderBy(asc(evaluationCandidates.candidate));
  const sums = await readCandidateSums(db, organizationId, record.id);
  const outcomes = await countRowOutcomes(db, organizationId, record.id, checks.length);
  const counts = await readCheckCounts(db, organizationId, record.id);
  const pairs = await comparePairs(db, organizationId, record.id, checks.length);
  const candidates = rows.map((row, index) =>
    presentCandidate(record, row, sums[index] as CandidateSums, outcomes.get(row.candidate), counts),
  );
  return {
    id: record.id,
    name: record.name,
    ...named,
    state: record.state,
    rows: record.rows,
    checks: [...checks],
    candidates,
    comparisons: comparisonsOf(record, candidates, pairs),
    progress: progressOf(record, candidates),
    created_at: record.createdAt.toISOString(),
    finished_at: record.finishedAt?.toISOString() ?? null,
  };
}

async function readNames(db: Db, { organizationId, workflowId, datasetId }: EvaluationRecord) {
  const [names] = await db
    .select({ workflow: workflows.name, dataset: datasets.name })
    .from(workflows)
    .innerJoin(datasets, and(eq(datasets.organizationId, workflows.organizationId), eq(datasets.id, datasetId)))
    .where(and(eq(workflows.organizationId, organizationId), eq(workflows.id, workflowId)));
  return {
    workflow: { id: workflowId, name: names?.workflow ?? '' },
    dataset: { id: datasetId, name: names?.dataset ?? '' },
  };
}

function presentCandidate(
  { rows, checks }: EvaluationRecord,
  row: typeof evaluationCandidates.$inferSelect,
  sums: CandidateSums,
  outcomes: OutcomeCounts = { passed: 0, failed: 0, unknown: 0 },
  counts: readonly CheckCounts[],
): CandidateResult {
  const { passed, failed, unknown } = outcomes;
  return {
    candidate: row.candidate,
    label: row.label,
    version: row.version,
    replacements: row.replacements,
    batch_id: row.batchId,
    tasks: Object.fromEntries(taskStateSchema.options.map((state) => [state, sums.states[state] ?? 0])) as CandidateResult['tasks'],
    rows: { passed, failed, unknown, open: rows - passed - failed - unknown },
    pass_rate: rateOf(passed, passed + failed),
    checks: checks.map((check) => countsOf(check, row.candidate, counts)),
    cost: sums.cost,
    unknown_cost_calls: sums.unknown_calls,
    cost_per_task: sums.cost_per_task,
    judging: {
      cost: sums.judging_cost,
      unknown_cost_calls: sums.judging_unknown_calls,
      ended: sums.judging_ended,
      total: sums.judging_total,
    },
    task_latency_p50_ms: sums.task_p50,
    task_latency_p95_ms: sums.task_p95,
    calls: sums.calls,
    call_latency_p50_ms: sums.call_p50,
    call_latency_p95_ms: sums.call_p95,
    prompt_tokens: sums.prompt_tokens,
    completion_tokens: sums.completion_tokens,
  };
}

function countsOf({ name }: Check, candidate: number, counts: readonly CheckCounts[]): CandidateResult['checks'][number] {
  const found = counts.find((each) => each.candidate === candidate && each.check_name === name);
  const { passed, failed, unknown, mean_score } = found ?? { passed: 0, failed: 0, unknown: 0, mean_score: null };
  return { name, passed, failed, unknown, mean_score };
}

function comparisonsOf(
  { rows }: EvaluationRecord,
  candidates: readonly CandidateResult[],
  pairs: readonly PairCounts[],
): CandidateComparison[] {
  return candidates.flatMap(({ candidate: baseline }) =>
    candidates
      .filter(({ candidate }) => candidate > baseline)
      .map(({ candidate }) => {
        const pair = pairs.find((each) => each.candidate === candidate && each.baseline === baseline);
        const { won, lost, tied } = pair ?? { won: 0, lost: 0, tied: 0 };
        return { candidate, baseline, won, lost, tied, unknown: rows - won - lost - tied, p_value: signTest(won, lost) };
      }),
  );
}

/** A judgement for each row that has not failed is to come. */
function progressOf({ rows, checks, state }: EvaluationRecord, candidates: readonly CandidateResult[]): Evaluation['progress'] {
  const judges = judgesOf(checks).length;
  let ended = 0;
  let total = 0;
  for (const { tasks, judging } of candidates) {
    const { pending, in_progress, paused, finished } = tasks;
    const open = pending + in_progress + paused;
    ended += rows - open + judging.ended;
    total += rows + Math.max(judging.total, (finished + open) * judges);
  }
  return state === 'running' ? { ended, total } : { ended: total, total };
}
