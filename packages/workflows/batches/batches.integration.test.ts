import {
  batchResultsSchema,
  batchSchema,
  type TaskState,
  taskDetailSchema,
  taskListQuerySchema,
  taskPageSchema,
} from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { parse } from 'csv-parse/sync';
import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOfThreeMs } from '../__fixtures__/best-of-three-ms.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';

const { tasks, stepRuns, attempts } = schema;
let setup: TestWorkflows;
beforeAll(async () => {
  setup = await startTestWorkflows();
});
afterAll(() => setup?.close());

/** A batch of as many tasks, and their IDs by row. */
async function makeBatch(count: number) {
  const { id: workflowId } = await setup.publish();
  const body = { tasks: Array.from({ length: count }, (_, n) => ({ input: { ticket: `=ticket ${n + 1}` } })) };
  const { batch } = await setup.workflows.createTasks(setup.admin, workflowId, body, { idempotencyKey: null });
  const { data } = await setup.workflows.listTasks(setup.admin, workflowId, taskListQuerySchema.parse({ limit: 200 }));
  setup.asked.length = 0;
  return { workflowId, batchId: batch.id, taskIds: data.map(({ id }) => id).reverse() };
}

const ofTask = (id: string) => and(eq(tasks.organizationId, setup.admin.organizationId), eq(tasks.id, id));
const moveTo = (id: string, state: TaskState, more: Partial<typeof tasks.$inferInsert> = {}) =>
  setup.database.db
    .update(tasks)
    .set({ state, ...more })
    .where(ofTask(id));

async function addRun(taskId: string, values: Partial<typeof stepRuns.$inferInsert> = {}): Promise<string> {
  const id = uuidv7();
  const run = { id, taskId, step: 'classify', kind: 'llm', generation: 1, state: 'finished' as const, idempotencyKey: uuidv7() };
  await setup.database.db.insert(stepRuns).values({ organizationId: setup.admin.organizationId, ...run, ...values });
  return id;
}

describe('a batch', () => {
  it('counts, prices and forecasts exactly', async () => {
    const { batchId, taskIds } = await makeBatch(10);
    const [first = '', second = '', third = '', fourth = ''] = taskIds;
    for (const id of [first, second]) await moveTo(id, 'finished', { finishedAt: new Date() });
    await moveTo(third, 'failed', { finishedAt: new Date() });
    await moveTo(fourth, 'in_progress');
    await addRun(first, { cost: '0.000000000000000001' });
    await addRun(second, { cost: '0.1' });
    await addRun(second, { step: 'again', cost: '0.2' });
    await addRun(third, { cost: '0', unknownCostCalls: 2 });
    const batch = batchSchema.parse(await setup.workflows.getBatch(setup.admin, batchId));
    expect(batch.counts).toMatchObject({ pending: 6, in_progress: 1, finished: 2, failed: 1 });
    expect(batch).toMatchObject({ state: 'running', cost: '0.300000000000000001', unknown_cost_calls: 2, finished_at: null });
    // 0.300000000000000001 × 10 / 3
    expect(batch.projected_cost).toBe('1.000000000000000003');
    expect(batch.rate_per_minute).toBeGreaterThan(0);
    expect(batch.eta_seconds).toBe(Math.ceil((6 / (batch.rate_per_minute ?? 0)) * 60));
  });

  it('is finished when its last task has ended, and again under way when one is retried', async () => {
    const { batchId, taskIds } = await makeBatch(2);
    const [first = '', second = ''] = taskIds;
    await moveTo(first, 'finished', { finishedAt: new Date('2026-01-02T03:04:05.678Z') });
    await moveTo(second, 'failed', { finishedAt: new Date('2026-01-02T03:04:04Z') });
    expect(await setup.workflows.getBatch(setup.admin, batchId)).toMatchObject({
      state: 'finished',
      finished_at: '2026-01-02T03:04:05.678Z',
      rate_per_minute: null,
    });
    await setup.workflows.retryBatch(setup.admin, batchId);
    expect(setup.asked).toEqual([`retryTask ${second}`]);
    await moveTo(second, 'pending', { finishedAt: null });
    expect(await setup.workflows.getBatch(setup.admin, batchId)).toMatchObject({ state: 'running', finished_at: null });
  });

  it('pauses, resumes and is canceled; then nothing is left to change', async () => {
    const { batchId, taskIds } = await makeBatch(2);
    const { workflows, admin, asked } = setup;
    expect((await workflows.pauseBatch(admin, batchId)).state).toBe('paused');
    expect((await workflows.resumeBatch(admin, batchId)).state).toBe('running');
    expect((await workflows.cancelBatch(admin, batchId)).state).toBe('canceled');
    expect(asked).toEqual(['wake', 'wake', `cancelBatch ${batchId}`]);
    expect((await refusal(workflows.resumeBatch(admin, batchId))).code).toBe('conflict');
    expect((await refusal(workflows.pauseBatch(admin, batchId))).code).toBe('conflict');
    expect((await refusal(workflows.retryBatch(admin, batchId))).code).toBe('conflict');
    const [task = ''] = taskIds;
    await moveTo(task, 'failed');
    expect((await refusal(workflows.retryTask(admin, task))).detail).toBe('The batch of this task has been canceled.');
  });

  it('belongs to its organization, and so do its tasks', async () => {
    const { workflowId, batchId, taskIds } = await makeBatch(1);
    const [task = ''] = taskIds;
    const run = await addRun(task, { kind: 'review', state: 'waiting' });
    const { workflows, stranger } = setup;
    for (const work of [
      () => workflows.getBatch(stranger, batchId),
      () => workflows.cancelBatch(stranger, batchId),
      () => workflows.retryBatch(stranger, batchId),
      () => workflows.readBatchResults(stranger, batchId),
      () => workflows.exportBatchResults(stranger, batchId),
      () => workflows.listBatches(stranger, workflowId),
      () => workflows.listTasks(stranger, workflowId, { limit: 50 }),
      () => workflows.getTask(stranger, task),
      () => workflows.cancelTask(stranger, task),
      () => workflows.retryTask(stranger, task),
      () => workflows.reviewStep(stranger, run, { verdict: 'pass' }),
      () => workflows.getBatch(setup.admin, 'x'),
      () => workflows.getTask(setup.admin, 'x'),
    ]) {
      expect((await refusal(work())).code).toBe('not_found');
    }
    expect(setup.asked).toEqual([]);
  });
});

describe('the results of a batch', () => {
  it('are every task in order, as JSON and as a CSV without formulas', async () => {
    const { batchId, taskIds } = await makeBatch(3);
    const [first = '', second = ''] = taskIds;
    await moveTo(first, 'finished', { output: { label: '+cmd|calc' } });
    await addRun(first, { cost: '0.00000250' });
    const error = { code: 'model_inactive', message: 'tiny-chat has been deactivated.', step: 'classify', slug: 'tiny-chat' };
    await moveTo(second, 'failed', { error });
    await addRun(second, { unknownCostCalls: 2 });
    const { data } = batchResultsSchema.parse(await setup.workflows.readBatchResults(setup.admin, batchId));
    expect(data).toMatchObject([
      { row: 1, task_id: first, state: 'finished', output: { label: '+cmd|calc' }, cost: '0.0000025' },
      { row: 2, state: 'failed', error, cost: null },
      { row: 3, state: 'pending', output: null, cost: '0' },
    ]);
    const csv = await setup.workflows.exportBatchResults(setup.admin, batchId);
    const [one, two] = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(one).toMatchObject({
      row: '1',
      state: 'finished',
      cost: '0.0000025',
      'input.ticket': "'=ticket 1",
      'output.label': "'+cmd|calc",
    });
    expect(two).toMatchObject({ row: '2', error_code: 'model_inactive', error_message: error.message, cost: '' });
  });
});

describe('a task', () => {
  it('shows each run of its steps with the calls of each', async () => {
    const { taskIds } = await makeBatch(1);
    const [task = ''] = taskIds;
    await addRun(task, { state: 'failed', startedAt: new Date('2026-01-01T00:00:00Z') });
    const run = await addRun(task, { generation: 2, cost: '0.5', output: 'billing', port: 'next', thinking: 'Hm.' });
    for (const [status, at] of [
      ['failed', '2026-01-01T00:00:01Z'],
      ['succeeded', '2026-01-01T00:00:02Z'],
    ] as const) {
      await setup.database.db.insert(attempts).values({
        organizationId: setup.admin.organizationId,
        id: uuidv7(),
        requestId: 'req_1',
        startedAt: new Date(at),
        source: 'workflow',
        slug: 'tiny-chat',
        provider: 'openai-compatible',
        providerModelId: 'x',
        stepRunId: run,
        stream: false,
        status,
        cost: '0.25',
        latencyMs: 7,
      });
    }
    const detail = taskDetailSchema.parse(await setup.workflows.getTask(setup.admin, task));
    expect(detail.cost).toBe('0.5');
    expect(detail.steps).toMatchObject([
      { state: 'failed', generation: 1, attempts: [] },
      {
        id: run,
        generation: 2,
        output: 'billing',
        port: 'next',
        thinking: 'Hm.',
        attempts: [{ status: 'failed' }, { status: 'succeeded', cost: '0.25', latency_ms: 7 }],
      },
    ]);
  });

  it('is canceled, retried and reviewed only where that can be', async () => {
    const { taskIds } = await makeBatch(3);
    const [open = '', failed = '', waiting = ''] = taskIds;
    const { workflows, admin, asked } = setup;
    await moveTo(failed, 'failed');
    await moveTo(waiting, 'paused');
    const review = await addRun(waiting, { step: 'review', kind: 'review', state: 'waiting' });
    const call = await addRun(waiting);
    await workflows.cancelTask(admin, open);
    await workflows.retryTask(admin, failed);
    await workflows.reviewStep(admin, review, { verdict: 'fail', comment: 'Too short' });
    expect(asked).toEqual([`cancelTask ${open}`, `retryTask ${failed}`, `submitReview ${review} fail Too short`]);
    await setup.database.db.update(stepRuns).set({ state: 'finished' }).where(eq(stepRuns.id, review));
    for (const work of [
      () => workflows.cancelTask(admin, failed),
      () => workflows.retryTask(admin, open),
      () => workflows.reviewStep(admin, review, { verdict: 'pass' }),
      () => workflows.reviewStep(admin, call, { verdict: 'pass' }),
    ]) {
      expect((await refusal(work())).code).toBe('conflict');
    }
    expect(asked).toHaveLength(3);
  });
});

describe('with many tasks', () => {
  it('lists and counts in time, and reaches every task once', async () => {
    const { workflowId, batchId } = await makeBatch(1);
    const { db } = setup.database;
    await db.execute(sql`
      insert into tasks (organization_id, id, workflow_id, version, batch_id, row, state, input, finished_at)
      select organization_id, gen_random_uuid(), workflow_id, version, batch_id, n, case when n % 10 = 0 then 'failed' else 'finished' end, '{}', now()
      from tasks, generate_series(2, 5000) as n where batch_id = ${batchId}::uuid`);
    // Each run's task is looked up: without statistics by going through all of them.
    await db.execute(sql`vacuum analyze tasks`);
    await db.execute(sql`
      insert into step_runs (organization_id, id, task_id, step, kind, generation, state, idempotency_key, cost)
      select organization_id, gen_random_uuid(), id, 'step_' || n, 'llm', 1, 'finished', gen_random_uuid(), 0.01
      from tasks, generate_series(1, 3) as n where batch_id = ${batchId}::uuid`);
    await db.execute(sql`update batches set total = 5000 where id = ${batchId}::uuid`);
    await db.execute(sql`vacuum analyze step_runs`);
    const list = (query: Record<string, unknown>) =>
      setup.workflows.listTasks(setup.admin, workflowId, taskListQuerySchema.parse({ limit: 200, ...query }));

    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let page = 0; page < 30 && (page === 0 || cursor !== null); page += 1) {
      const answer = taskPageSchema.parse(await list(cursor === null ? {} : { cursor }));
      for (const { id } of answer.data) seen.add(id);
      cursor = answer.next_cursor;
    }
    expect(seen.size).toBe(5_000);
    expect((await list({ batch_id: 'x' })).data).toEqual([]);

    const quick: Record<string, () => Promise<unknown>> = {
      tasks: () => list({ limit: 50 }),
      'failed tasks': () => list({ limit: 50, state: 'failed' }),
      'tasks of the batch': () => list({ limit: 50, batch_id: batchId }),
      batch: () => setup.workflows.getBatch(setup.admin, batchId),
      batches: () => setup.workflows.listBatches(setup.admin, workflowId),
    };
    for (const [name, run] of Object.entries(quick)) {
      // A bound against work that grows with the tasks, not a measure: the machine may be busy, so the best of three counts.
      expect(await bestOfThreeMs(run), name).toBeLessThan(1_000);
    }
    expect(await setup.workflows.getBatch(setup.admin, batchId)).toMatchObject({ cost: '150', counts: { failed: 500 } });
  });
});
