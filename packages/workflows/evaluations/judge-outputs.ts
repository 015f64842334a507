import type { CheckOf, TaskState } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { writeBatch } from '../tasks/insert-batch.ts';
import type { CheckScope } from './checks/read-values.ts';
import type { EvaluationRecord } from './evaluation-rows.ts';
import { judgeInput } from './judge/judge-input.ts';
import { type JudgeVerdict, readVerdict, unknown } from './judge/read-verdict.ts';
import { judgesOf } from './plan-judges.ts';
import { writeCheckResults } from './write-check-results.ts';

const verdictsAtOnce = 500;

interface Unjudged extends CheckScope, Record<string, unknown> {
  readonly row: number;
  readonly external_id: string | null;
}

/** Sends what candidates have answered to the judges: for each whose tasks have all ended, a batch for each judging check. Answers how many were sent. */
export async function beginJudging(tx: Transaction, evaluation: EvaluationRecord): Promise<number> {
  let begun = 0;
  const judges = judgesOf(evaluation.checks);
  if (judges.length === 0) return 0;
  const candidates = await readCandidates(tx, evaluation);
  for (const { candidate, label } of candidates.filter((each) => !each.open)) {
    for (const [index, check] of judges.entries()) {
      const version = candidates.length + index + 1;
      const rows = await readUnjudged(tx, evaluation, candidate, check);
      if (rows.length === 0) continue;
      await insertJudging(tx, evaluation, { candidate, label, version, check }, rows);
      begun += rows.length;
    }
  }
  return begun;
}

async function readCandidates(tx: Transaction, { organizationId, id }: EvaluationRecord) {
  const { rows } = await tx.execute<{ candidate: number; label: string; open: boolean }>(sql`
    select c.candidate, c.label, exists (
      select 1 from tasks t where t.organization_id = c.organization_id and t.batch_id = c.batch_id
        and t.state in ('pending', 'in_progress', 'paused')) as open
    from evaluation_candidates c where c.organization_id = ${organizationId} and c.evaluation_id = ${id} order by c.candidate`);
  return rows;
}

/** Finished tasks that this judge has neither judged nor been given. */
async function readUnjudged(
  tx: Transaction,
  { organizationId, id, datasetId }: EvaluationRecord,
  candidate: number,
  { name }: CheckOf<'judge'>,
): Promise<Unjudged[]> {
  const { rows } = await tx.execute<Unjudged>(sql`
    select t."row", t.external_id, t.output, d.input, d.expected
    from evaluation_candidates c
    join tasks t on t.organization_id = c.organization_id and t.batch_id = c.batch_id and t.state = 'finished'
    join dataset_rows d on d.organization_id = c.organization_id and d.dataset_id = ${datasetId} and d."row" = t."row"
    where c.organization_id = ${organizationId} and c.evaluation_id = ${id} and c.candidate = ${candidate}
      and t."row" not in (
        select j_task."row" from evaluation_judgings j
        join tasks j_task on j_task.organization_id = j.organization_id and j_task.batch_id = j.batch_id
        where j.organization_id = c.organization_id and j.evaluation_id = c.evaluation_id and j.candidate = c.candidate and j.check_name = ${name})
    order by t."row"`);
  return rows;
}

async function insertJudging(
  tx: Transaction,
  { organizationId, id, createdBy }: EvaluationRecord,
  judging: { readonly candidate: number; readonly label: string; readonly version: number; readonly check: CheckOf<'judge'> },
  rows: readonly Unjudged[],
): Promise<void> {
  const { candidate, label, version, check } = judging;
  const tasks = rows.map((each) => ({ row: each.row, externalId: each.external_id, input: judgeInput(check, each) }));
  const place = { organizationId, workflowId: id, version };
  const batchId = await writeBatch(tx, place, tasks, { name: `${check.name}: ${label}`, idempotencyKey: null, createdBy });
  await tx.insert(schema.evaluationJudgings).values({ organizationId, evaluationId: id, candidate, checkName: check.name, batchId });
}

interface EndedJudgement extends Record<string, unknown> {
  readonly candidate: number;
  readonly check_name: string;
  readonly row: number;
  readonly state: TaskState;
  readonly verdict: unknown;
  readonly error: { readonly message: string } | null;
}

/** Writes down some of the judgements that have been given. Answers how many. */
export async function recordVerdicts(tx: Transaction, { organizationId, id, checks }: EvaluationRecord): Promise<number> {
  const judges = new Map(judgesOf(checks).map((check) => [check.name, check]));
  if (judges.size === 0) return 0;
  const { rows } = await tx.execute<EndedJudgement>(sql`
    select j.candidate, j.check_name, t."row", t.state, t.output -> 'verdict' as verdict, t.error
    from evaluation_judgings j
    join tasks t on t.organization_id = j.organization_id and t.batch_id = j.batch_id
    where j.organization_id = ${organizationId} and j.evaluation_id = ${id} and t.state not in ('pending', 'in_progress', 'paused')
      and not exists (
        select 1 from check_results r where r.organization_id = j.organization_id and r.evaluation_id = j.evaluation_id
          and r.candidate = j.candidate and r."row" = t."row" and r.check_name = j.check_name)
    order by t."row" limit ${verdictsAtOnce}`);
  const entries = rows.flatMap((judgement) => {
    const check = judges.get(judgement.check_name);
    const place = { candidate: judgement.candidate, row: judgement.row, checkName: judgement.check_name };
    return check === undefined ? [] : [{ ...place, ...verdictOf(check, judgement) }];
  });
  if (entries.length > 0) await writeCheckResults(tx, organizationId, id, entries);
  return entries.length;
}

function verdictOf(check: CheckOf<'judge'>, { state, verdict, error }: EndedJudgement): JudgeVerdict {
  if (state === 'finished') return readVerdict(check, verdict);
  return unknown(state === 'failed' ? `The judge could not be asked: ${error?.message ?? ''}`.trim() : `The judgement was ${state}.`);
}
