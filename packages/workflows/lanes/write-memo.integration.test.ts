import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';
import type { StepRun } from '../path/step-run.ts';
import { TaskReleased } from '../task-memo.ts';
import { claimTasks } from './claim-tasks.ts';
import { MemoWriter } from './memo-writer.ts';

/** Nothing drives the tasks here but the test. */
let stand: EngineStand;
let workflowId: string;
let taskId: string;
let batchId: string;
beforeAll(async () => {
  stand = await startEngineStand();
  workflowId = await stand.publish(graphOf([stepOf('start', 'start'), stepOf('end', 'end')], 'start > end'));
});
afterAll(() => stand.close());
beforeEach(async () => {
  batchId = (await stand.createBatch(workflowId, [{ text: 'Hi' }])).id;
  const [task] = await claimTasks(stand.database, 'lane-1:a', 10, { hasLimits: false });
  taskId = task?.id as string;
});

const writer = (lane: string) => new MemoWriter(stand.database, lane, () => undefined, new AbortController().signal);
const write = (lane: string, run: StepRun | null, end: Parameters<MemoWriter['write']>[3] = null) =>
  writer(lane).write(stand.principal.organizationId, taskId, run, end);

function runOf(change: Partial<StepRun> = {}): StepRun {
  return {
    id: randomUUID(),
    step: 'start',
    kind: 'start',
    generation: 1,
    round: 0,
    tries: 1,
    trigger: 'auto',
    superseded: false,
    state: 'finished',
    input: null,
    output: 'first',
    port: 'next',
    error: null,
    thinking: null,
    idempotencyKey: randomUUID(),
    cost: '0',
    unknownCostCalls: 0,
    startedAt: new Date().toISOString(),
    finishedAt: new Date().toISOString(),
    ...change,
  };
}

async function stored(): Promise<{ output: unknown; state: string }[]> {
  const { rows } = await stand.database.db.execute<{ output: unknown; state: string }>(
    sql`select output, state from step_runs where task_id = ${taskId} order by generation`,
  );
  return rows;
}

it('writes for the lane that drives the task, and for no other', async () => {
  await expect(write('lane-1:b', runOf())).rejects.toThrow(TaskReleased);
  await expect(write('lane-1:b', null, { state: 'finished', output: 1, error: null })).rejects.toThrow(TaskReleased);
  expect(await stored()).toEqual([]);
  await write('lane-1:a', runOf());
  expect(await stored()).toHaveLength(1);
});

it('writes nothing into a canceled task', async () => {
  await stand.engine.cancelTask(stand.principal.organizationId, taskId);
  await expect(write('lane-1:a', runOf())).rejects.toThrow(TaskReleased);
  expect(await stored()).toEqual([]);
});

it('leaves a finished run as it is', async () => {
  const run = runOf();
  await write('lane-1:a', run);
  await write('lane-1:a', { ...run, state: 'running', output: 'second' });
  expect(await stored()).toEqual([{ output: 'first', state: 'finished' }]);
});

it('begins nothing in a paused batch, and still takes what has finished', async () => {
  await stand.workflows.pauseBatch(stand.principal, batchId);
  await expect(write('lane-1:a', runOf({ state: 'running' }))).rejects.toThrow(TaskReleased);
  expect(await stored()).toEqual([]);
  await write('lane-1:a', runOf());
  expect(await stored()).toHaveLength(1);
});

it('stores text that PostgreSQL does not know', async () => {
  await write('lane-1:a', runOf({ output: { 'a\0': 'x\0y\uD800', whole: '😀' } }));
  expect(await stored()).toEqual([{ output: { 'a\uFFFD': 'x\uFFFDy\uFFFD', whole: '😀' }, state: 'finished' }]);
});

it('does not let one task that cannot be written spoil the others', async () => {
  await stand.createBatch(workflowId, [{ text: 'Ho' }]);
  const [other] = await claimTasks(stand.database, 'lane-1:a', 10, { hasLimits: false });
  const together = writer('lane-1:a');
  const { organizationId } = stand.principal;
  const bad = together.write(organizationId, taskId, runOf({ startedAt: 'no time at all' }));
  const good = together.write(organizationId, other?.id as string, runOf());
  await expect(bad).rejects.toThrow();
  await good;
});

it('begins runs while another statement waits, and says nothing of one task out of order', async () => {
  await stand.createBatch(workflowId, [{ text: 'Ho' }]);
  const [other] = await claimTasks(stand.database, 'lane-1:a', 10, { hasLimits: false });
  const otherId = other?.id as string;
  const together = writer('lane-1:a');
  const { organizationId } = stand.principal;
  const run = runOf({ state: 'running' });
  const holder = await stand.database.pool.connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from tasks where id = $1 for update', [taskId]);
    const first = together.write(organizationId, taskId, run);
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1), { timeout: 10_000 });
    await together.write(organizationId, otherId, runOf({ state: 'running' }));
    const then = together.write(organizationId, taskId, { ...run, state: 'finished' });
    const next = together.write(organizationId, taskId, runOf({ generation: 2, state: 'running' }));
    await together.write(organizationId, otherId, runOf({ generation: 2, state: 'running' }));
    expect(await countWaiting()).toBe(1);
    await holder.query('rollback');
    await Promise.all([first, then, next]);
  } finally {
    holder.release(true);
  }
  expect((await stored()).map(({ state }) => state)).toEqual(['finished', 'running']);
});

/** Statements that wait for a lock. */
async function countWaiting(): Promise<number> {
  const { rows } = await stand.database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}
