import type { TaskState } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { isComputed, runCheck } from './checks/run-check.ts';
import type { EvaluationRecord } from './evaluation-rows.ts';
import { type CheckResultEntry, writeCheckResults } from './write-check-results.ts';

/** So that the evaluation is locked for moments only. */
const tasksAtOnce = 1_000;

interface EndedTask extends Record<string, unknown> {
  readonly candidate: number;
  readonly row: number;
  readonly state: TaskState;
  readonly output: unknown;
  readonly error: { readonly message: string } | null;
  readonly input: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
}

/**
 * Checks some of the tasks that have ended and have not been checked. A task that has not finished fails every check,
 * the judge's too; one that was canceled tells nothing. Answers how many were checked.
 */
export async function recordChecks(tx: Transaction, evaluation: EvaluationRecord): Promise<number> {
  const tasks = await readUnchecked(tx, evaluation);
  if (tasks.length === 0) return 0;
  const { organizationId, id } = evaluation;
  await writeCheckResults(
    tx,
    organizationId,
    id,
    tasks.flatMap((task) => checkTask(evaluation, task)),
  );
  return tasks.length;
}

/** The results of a task are written together, so one of them tells that all are there. */
async function readUnchecked(tx: Transaction, { organizationId, id, datasetId, checks }: EvaluationRecord): Promise<EndedTask[]> {
  const anyCheck = checks[0]?.name ?? '';
  const computedCheck = checks.find(isComputed)?.name ?? null;
  const { rows } = await tx.execute<EndedTask>(sql`
    select c.candidate, t."row", t.state, t.output, t.error, d.input, d.expected
    from evaluation_candidates c
    join tasks t on t.organization_id = c.organization_id and t.batch_id = c.batch_id
    join dataset_rows d on d.organization_id = c.organization_id and d.dataset_id = ${datasetId} and d."row" = t."row"
    where c.organization_id = ${organizationId} and c.evaluation_id = ${id}
      and t.state not in ('pending', 'in_progress', 'paused')
      and (t.state <> 'finished' or ${computedCheck}::text is not null)
      and not exists (
        select 1 from check_results r where r.organization_id = c.organization_id and r.evaluation_id = c.evaluation_id
          and r.candidate = c.candidate and r."row" = t."row"
          and r.check_name = case when t.state = 'finished' then ${computedCheck}::text else ${anyCheck}::text end)
    order by t."row" limit ${tasksAtOnce}`);
  return rows;
}

function checkTask({ checks }: EvaluationRecord, task: EndedTask): CheckResultEntry[] {
  const { candidate, row } = task;
  const entry = (checkName: string, outcome: CheckResultEntry['outcome'], detail: string) => ({
    candidate,
    row,
    checkName,
    outcome,
    score: null,
    detail,
  });
  if (task.state === 'canceled') return checks.map(({ name }) => entry(name, 'unknown', 'The task was canceled.'));
  if (task.state !== 'finished') {
    const why = task.state === 'failed' ? `The task failed: ${task.error?.message ?? ''}` : `The task was ${task.state}.`;
    return checks.map(({ name }) => entry(name, 'fail', why.trim()));
  }
  return checks.filter(isComputed).map((check) => {
    const { outcome, detail } = runCheck(check, task);
    return entry(check.name, outcome, detail);
  });
}
