import type { Principal, StepRun, TaskDetail } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { type ToldRun, tellEnd, tellStart } from '../path/told-runs.ts';
import { findVersion } from '../versions/version-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readToolCalls } from './read-tool-calls.ts';
import { findTask, presentTask, sumTaskCosts } from './task-view.ts';

const { stepRuns, attempts } = schema;

/** A task with every run of its steps in the order in which they began, and the calls of each. @throws PipelinesError `not_found` */
export async function getTask({ database: { db } }: WorkflowsContext, { organizationId }: Principal, id: string): Promise<TaskDetail> {
  const task = await findTask(db, organizationId, id);
  const runs = await db
    .select()
    .from(stepRuns)
    .where(and(eq(stepRuns.organizationId, organizationId), eq(stepRuns.taskId, task.id)))
    .orderBy(asc(stepRuns.startedAt), asc(stepRuns.id));
  const runIds = runs.map((run) => run.id);
  const callsOf = await readCalls(db, organizationId, runIds);
  const toolCallsOf = await readToolCalls(db, organizationId, runIds);
  const costs = await sumTaskCosts(db, organizationId, [task.id]);
  const written = runs.map((run) => presentRun(run, callsOf(run.id), toolCallsOf(run.id)));
  const { graph } = await findVersion(db, organizationId, task.workflowId, task.version);
  const inOrder = runs.toSorted((one, other) => one.generation - other.generation);
  return {
    ...presentTask(task, costs(task.id)),
    steps: [
      ...presentTold(tellStart(graph, task, inOrder), task.input, task.startedAt),
      ...written,
      ...presentTold(tellEnd(graph, task, inOrder), task.output, task.finishedAt),
    ],
  };
}

function presentTold(run: ToldRun | null, output: unknown, at: Date | null): StepRun[] {
  if (run === null || at === null) return [];
  const moment = at.toISOString();
  const nothing = { input: null, error: null, thinking: null, attempts: [], tool_calls: [] };
  return [{ ...run, ...nothing, superseded: false, state: 'finished', output, port: 'next', started_at: moment, finished_at: moment }];
}

type Calls = StepRun['attempts'];

/** From the log of calls, which may be a moment behind. */
async function readCalls(db: Queries, organizationId: string, runIds: readonly string[]): Promise<(runId: string) => Calls> {
  const rows =
    runIds.length === 0
      ? []
      : await db
          .select()
          .from(attempts)
          .where(and(eq(attempts.organizationId, organizationId), inArray(attempts.stepRunId, [...runIds])))
          .orderBy(asc(attempts.startedAt), asc(attempts.id));
  const byRun = new Map<string, Calls>();
  for (const row of rows) {
    const call: Calls[number] = {
      attempt_id: row.id,
      slug: row.slug ?? '',
      status: row.status,
      prompt_tokens: row.promptTokens,
      completion_tokens: row.completionTokens,
      cost: row.cost,
      latency_ms: row.latencyMs,
    };
    const calls = byRun.get(row.stepRunId ?? '');
    if (calls) calls.push(call);
    else byRun.set(row.stepRunId ?? '', [call]);
  }
  return (runId) => byRun.get(runId) ?? [];
}

function presentRun(run: typeof stepRuns.$inferSelect, calls: Calls, toolCalls: StepRun['tool_calls']): StepRun {
  return {
    id: run.id,
    step: run.step,
    kind: run.kind,
    generation: run.generation,
    trigger: run.trigger,
    superseded: run.superseded,
    state: run.state,
    input: run.input,
    output: run.output,
    port: run.port,
    error: run.error,
    thinking: run.thinking,
    attempts: calls,
    tool_calls: toolCalls,
    started_at: run.startedAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}
