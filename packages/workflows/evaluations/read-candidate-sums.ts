import type { TaskState } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';

/** What is summed over the tasks and calls of one candidate. Costs are exact decimals, summed by PostgreSQL. */
export interface CandidateSums extends Record<string, unknown> {
  readonly candidate: number;
  readonly states: Partial<Record<TaskState, number>>;
  readonly task_p50: number | null;
  readonly task_p95: number | null;
  readonly cost: string;
  readonly unknown_calls: number;
  readonly cost_per_task: string | null;
  readonly calls: number;
  readonly call_p50: number | null;
  readonly call_p95: number | null;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly judging_cost: string;
  readonly judging_unknown_calls: number;
  readonly judging_ended: number;
  readonly judging_total: number;
}

/** The sums of every candidate, in their order. */
export async function readCandidateSums(db: Queries | Transaction, organizationId: string, id: string): Promise<CandidateSums[]> {
  const { rows } = await db.execute<CandidateSums>(sql`
    with candidates as (
      select candidate, batch_id from evaluation_candidates where organization_id = ${organizationId} and evaluation_id = ${id}
    ), own as (
      select c.candidate, t.id, t.state, extract(epoch from t.finished_at - t.started_at) * 1000 as ms
      from candidates c join tasks t on t.organization_id = ${organizationId} and t.batch_id = c.batch_id
    ), states as (
      select candidate, jsonb_object_agg(state, tasks) as states,
        sum(tasks) filter (where state not in ('pending', 'in_progress', 'paused')) as ended
      from (select candidate, state, count(*) as tasks from own group by 1, 2) by_state group by 1
    ), times as (
      select candidate, percentile_cont(array[0.5, 0.95]) within group (order by ms) as ms from own where state = 'finished' group by 1
    ), costs as (
      select own.candidate, sum(r.cost) as cost, sum(r.unknown_cost_calls) as unknown_calls
      from own join step_runs r on r.organization_id = ${organizationId} and r.task_id = own.id group by 1
    ), calls as (
      select own.candidate, count(*) as calls, sum(a.prompt_tokens) as prompt_tokens, sum(a.completion_tokens) as completion_tokens,
        percentile_cont(array[0.5, 0.95]) within group (order by a.latency_ms) as ms
      from own join step_runs r on r.organization_id = ${organizationId} and r.task_id = own.id and r.kind = 'llm'
      join attempts a on a.organization_id = ${organizationId} and a.step_run_id = r.id group by 1
    ), judged as (
      select j.candidate, t.id, t.state from evaluation_judgings j
      join tasks t on t.organization_id = j.organization_id and t.batch_id = j.batch_id
      where j.organization_id = ${organizationId} and j.evaluation_id = ${id}
    ), judgements as (
      select candidate, count(*) as total, count(*) filter (where state not in ('pending', 'in_progress', 'paused')) as ended from judged group by 1
    ), judging_costs as (
      select judged.candidate, sum(r.cost) as cost, sum(r.unknown_cost_calls) as unknown_calls
      from judged join step_runs r on r.organization_id = ${organizationId} and r.task_id = judged.id group by 1
    )
    select c.candidate, coalesce(states.states, '{}') as states,
      round(times.ms[1])::integer as task_p50, round(times.ms[2])::integer as task_p95,
      trim_scale(coalesce(costs.cost, 0)) as cost, coalesce(costs.unknown_calls, 0)::integer as unknown_calls,
      trim_scale(round(coalesce(costs.cost, 0) / nullif(states.ended, 0), 18)) as cost_per_task,
      coalesce(calls.calls, 0)::integer as calls, round(calls.ms[1])::integer as call_p50, round(calls.ms[2])::integer as call_p95,
      coalesce(calls.prompt_tokens, 0)::float8 as prompt_tokens, coalesce(calls.completion_tokens, 0)::float8 as completion_tokens,
      trim_scale(coalesce(judging_costs.cost, 0)) as judging_cost, coalesce(judging_costs.unknown_calls, 0)::integer as judging_unknown_calls,
      coalesce(judgements.ended, 0)::integer as judging_ended, coalesce(judgements.total, 0)::integer as judging_total
    from candidates c
    left join states using (candidate) left join times using (candidate) left join costs using (candidate) left join calls using (candidate)
    left join judgements using (candidate) left join judging_costs using (candidate)
    order by c.candidate`);
  return rows;
}
