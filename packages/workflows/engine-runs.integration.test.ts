import { schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { fiveSteps } from './__fixtures__/five-steps.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';
import { closeBatches } from './lanes/close-batches.ts';

let stand: EngineStand;
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand({ answer: { delayMs: 20 } });
  slug = await stand.addModel('Tiny Chat');
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await stand.close();
});

/** A busy machine may stop for as long once; what takes longer by itself does so each time. */
const timed = { retry: 2 };
const rows = (count: number, text = 'row') => Array.from({ length: count }, (_, index) => ({ text: `${text} ${index}` }));
const callsOf = (text: string) => stand.upstream.requests.filter((request) => request.bytes.includes(text));
const keysOf = (text: string) => callsOf(text).map((request) => request.headers['idempotency-key']);

/** A batch of one task, which has failed after its first step, of a workflow that is paused: no lane looks at it. */
async function makeFailed() {
  const { organizationId } = stand.principal;
  const graph = graphOf([stepOf('start', 'start'), ask(slug, 'first'), ask(slug), stepOf('end', 'end')], 'start > first > ask > end');
  const id = await stand.publish(graph);
  await stand.workflows.pauseWorkflow(stand.principal, id);
  const batch = await stand.createBatch(id, rows(1));
  const [task] = (await stand.workflows.listTasks(stand.principal, id, { limit: 1 })).data;
  const taskId = task?.id ?? '';
  const run = { taskId, step: 'first', kind: 'llm', generation: 1, state: 'finished' as const, idempotencyKey: uuidv7() };
  const runId = uuidv7();
  const { db } = stand.database;
  await db.insert(schema.stepRuns).values({ organizationId, id: runId, ...run });
  await db.execute(sql`update tasks set state = 'failed', finished_at = now() where id = ${taskId}`);
  await db.execute(sql`update batches set state = 'finished', finished_at = now() where id = ${batch.id}`);
  return { batchId: batch.id, taskId, runId };
}

/** Does something while nobody else can change the batch. */
function holding<Result>(batchId: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return stand.database.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from batches where id = ${batchId} for no key update`);
    return work(tx);
  });
}

/** How many wait for what this transaction holds. */
async function countWaiting(tx: Transaction): Promise<number> {
  const { rows: waiting } = await tx.execute(
    sql`select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`,
  );
  return waiting.length;
}

describe('the engine', () => {
  it('runs a batch to its end, each step once, with its cost', async () => {
    const batch = await stand.createBatch(await stand.publish(fiveSteps(slug)), rows(50));
    const ended = await stand.waitForBatch(batch.id, 20_000);
    expect(ended).toMatchObject({ state: 'finished', counts: { finished: 50 } });
    // 50 are classified, and every other one is replied to.
    expect(callsOf('Classify row')).toHaveLength(50 + 25);
    expect(new Set(keysOf('Classify row')).size).toBe(50 + 25);
    expect(Number(ended.cost)).toBeGreaterThan(0);
    const { data } = await stand.workflows.listTasks(stand.principal, ended.workflow_id, { limit: 50, batch_id: batch.id });
    const answers = data.map((task) => (task.output as { answer: string | null }).answer);
    expect(answers.filter((answer) => answer === null)).toHaveLength(25);
    expect(answers.find((answer) => answer !== null)).toMatch(/^You said: Reply to You said: Classify row/);
  });

  it('cancels a task within a second, at the provider too', timed, async () => {
    const id = await stand.publish(graphOf([stepOf('start', 'start'), ask(slug), stepOf('end', 'end')], 'start > ask > end'));
    stand.upstream.answerOnce({ hang: 'headers' });
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(id, rows(1));
    await expect.poll(() => stand.upstream.requests.length, { timeout: 5_000 }).toBe(before + 1);
    const startedAt = performance.now();
    await stand.engine.cancelBatch(stand.principal.organizationId, batch.id);
    await stand.upstream.waitForAbort(10_000);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await stand.waitForBatch(batch.id, 10_000)).toMatchObject({ state: 'canceled', counts: { canceled: 1 } });
  });

  it('begins nothing while a batch is paused, and goes on where it was', async () => {
    const id = await stand.publish(
      graphOf([stepOf('start', 'start'), ask(slug), ask(slug, 'again'), stepOf('end', 'end')], 'start > ask > again > end'),
    );
    let release: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      release = resolve;
    });
    stand.upstream.answerOnce({ after: paused, text: 'slow' });
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(id, rows(1));
    await expect.poll(() => stand.upstream.requests.length, { timeout: 5_000 }).toBe(before + 1);
    await stand.workflows.pauseBatch(stand.principal, batch.id);
    release();
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(stand.upstream.requests.length).toBe(before + 1);
    await stand.workflows.resumeBatch(stand.principal, batch.id);
    expect(await stand.waitForBatch(batch.id, 10_000)).toMatchObject({ counts: { finished: 1 } });
    expect(stand.upstream.requests.length).toBe(before + 2);
  });

  it('takes no answer to a review once another one has ended the task', async () => {
    const review = (name: string) => stepOf('review', name, { max_rereviews: 0, when_exhausted: 'escalate' });
    const graph = graphOf(
      [stepOf('start', 'start'), review('one'), review('other'), stepOf('end', 'end')],
      'start > one:pass > end',
      'start > other:pass > end',
      'one:fail > one',
      'other:fail > other',
    );
    const batch = await stand.createBatch(await stand.publish(graph), rows(1));
    const read = async () => {
      const [task] = (await stand.workflows.listTasks(stand.principal, batch.workflow_id, { limit: 1, batch_id: batch.id })).data;
      return stand.workflows.getTask(stand.principal, task?.id ?? '');
    };
    await expect.poll(async () => (await read()).waits_for_review, { timeout: 10_000 }).toBe(true);
    const runs = new Map((await read()).steps.map((run) => [run.step, run.id]));
    await stand.workflows.reviewStep(stand.principal, runs.get('one') ?? '', { verdict: 'fail' });
    await stand.waitForBatch(batch.id, 10_000);
    const late = stand.workflows.reviewStep(stand.principal, runs.get('other') ?? '', { verdict: 'pass' });
    await expect(late).rejects.toMatchObject({ code: 'conflict', message: 'The task is escalated already.' });
  });

  it('waits for a review without a worker, goes back when it fails, and on when it passes', async () => {
    const id = await stand.publish(
      graphOf(
        [stepOf('start', 'start'), ask(slug), stepOf('review', 'check', { subject: '{{steps.ask.output}}' }), stepOf('end', 'end')],
        'start > ask > check:pass > end',
        'check:fail > ask',
      ),
    );
    const batch = await stand.createBatch(id, rows(1));
    const { data } = await stand.workflows.listTasks(stand.principal, id, { limit: 1 });
    const taskId = data[0]?.id as string;
    const waiting = async (generation: number) => {
      await expect.poll(() => waitingReview(taskId, generation), { timeout: 10_000 }).not.toBeNull();
      return (await waitingReview(taskId, generation)) as string;
    };
    const first = await waiting(1);
    await expect.poll(async () => (await stand.database.db.execute(sql`select 1 from tasks where lane is not null`)).rows.length).toBe(0);
    await stand.workflows.reviewStep(stand.principal, first, { verdict: 'fail', comment: 'Kinder, please' });
    await stand.workflows.reviewStep(stand.principal, await waiting(2), { verdict: 'pass' });
    await stand.waitForBatch(batch.id, 10_000);
    const task = await stand.workflows.getTask(stand.principal, taskId);
    expect(task.steps.map((run) => `${run.step} ${run.generation} ${run.port}`).sort()).toEqual(
      ['ask 1 next', 'ask 2 next', 'check 1 fail', 'check 2 pass', 'end 1 next', 'start 1 next'].sort(),
    );
  });

  it('fails with the step and the model when the model is gone, and passes after repointing', async () => {
    const doomed = await stand.addModel('Doomed Chat');
    const steps = [stepOf('start', 'start'), ask(slug, 'first'), ask(doomed), stepOf('end', 'end')];
    const id = await stand.publish(graphOf(steps, 'start > first > ask > end'));
    await stand.registry.deactivateModel(stand.principal, doomed, { confirm: true });
    const batch = await stand.createBatch(id, rows(1));
    await stand.waitForBatch(batch.id, 10_000);
    const [failed] = (await stand.workflows.listTasks(stand.principal, id, { limit: 1 })).data;
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'model_inactive', step: 'ask', slug: doomed } });
    const repoint = await stand.workflows.repointModel(stand.principal, doomed, { to: slug });
    expect(repoint.workflows).toMatchObject([{ workflow_id: id, published: 'repointed', version: 2 }]);
    const before = stand.upstream.requests.length;
    await stand.engine.retryTask(stand.principal.organizationId, failed?.id as string);
    await expect
      .poll(async () => (await stand.workflows.getTask(stand.principal, failed?.id as string)).state, { timeout: 10_000 })
      .toBe('finished');
    expect(stand.upstream.requests.length).toBe(before + 1);
  });

  it('lets no task go on whose batch is being canceled', async () => {
    const { engine, database, principal } = stand;
    const { batchId, taskId, runId } = await makeFailed();
    const again = [
      () => engine.retryTask(principal.organizationId, taskId),
      () => engine.regenerateStep(principal.organizationId, runId, 'admin'),
    ];
    for (const work of again) {
      const asked = await holding(batchId, async (tx) => {
        const answer = work().then(
          () => 'goes on',
          (error: Error) => error.message,
        );
        await expect.poll(() => countWaiting(tx)).toBeGreaterThan(0);
        await tx.execute(sql`update batches set state = 'canceled' where id = ${batchId}`);
        return { answer };
      });
      expect(await asked.answer).toBe('The batch of this task has been canceled.');
      expect((await stand.workflows.getTask(principal, taskId)).state).toBe('failed');
      await database.db.execute(sql`update batches set state = 'finished' where id = ${batchId}`);
    }
  });

  it('cancels with its batch a task that is being put back', async () => {
    const { batchId, taskId } = await makeFailed();
    const { answer } = await holding(batchId, async (tx) => {
      await tx.execute(sql`update batches set state = 'running', finished_at = null where id = ${batchId}`);
      const canceled = stand.engine.cancelBatch(stand.principal.organizationId, batchId);
      await expect.poll(() => countWaiting(tx)).toBeGreaterThan(0);
      await tx.execute(sql`update tasks set state = 'pending', finished_at = null where id = ${taskId}`);
      return { answer: canceled };
    });
    await answer;
    expect((await stand.workflows.getTask(stand.principal, taskId)).state).toBe('canceled');
  });

  it('closes no batch a task of which is being put back', async () => {
    const { database } = stand;
    const { batchId, taskId } = await makeFailed();
    await database.db.execute(sql`update batches set state = 'running', finished_at = null where id = ${batchId}`);
    const { answer } = await holding(batchId, async (tx) => {
      const closed = closeBatches(database);
      await expect.poll(() => countWaiting(tx)).toBeGreaterThan(0);
      await tx.execute(sql`update tasks set state = 'pending', finished_at = null where id = ${taskId}`);
      return { answer: closed };
    });
    await answer;
    const { rows: left } = await database.db.execute(sql`select state from batches where id = ${batchId}`);
    expect(left).toEqual([{ state: 'running' }]);
  });

  it('takes up a task whose lane has ended without it', async () => {
    const id = await stand.publish(graphOf([stepOf('start', 'start'), ask(slug), stepOf('end', 'end')], 'start > ask > end'));
    await stand.workflows.pauseWorkflow(stand.principal, id);
    const batch = await stand.createBatch(id, rows(1));
    await stand.database.db.execute(sql`update tasks set state = 'in_progress', lane = 'lane-gone:1' where batch_id = ${batch.id}`);
    await stand.workflows.resumeWorkflow(stand.principal, id);
    expect(await stand.waitForBatch(batch.id, 10_000)).toMatchObject({ counts: { finished: 1 } });
  });

  it('goes on though every connection to the database is cut', async () => {
    const id = await stand.publish(graphOf([stepOf('start', 'start'), ask(slug), stepOf('end', 'end')], 'start > ask > end'));
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(id, rows(200));
    await expect.poll(() => stand.upstream.requests.length, { timeout: 5_000 }).toBeGreaterThan(before + 30);
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await stand.database.db.execute(cut);
    expect(await stand.waitForBatch(batch.id, 20_000)).toMatchObject({ counts: { finished: 200 } });
    expect(stand.upstream.requests.length).toBe(before + 200);
    const held = sql`select 1 from pg_locks where locktype = 'advisory' and classid = 7741 and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await stand.database.db.execute(held)).rows.length, { timeout: 5_000 }).toBe(1);
  });

  it('stops in the middle and goes on later, with nothing finished called again', async () => {
    const id = await stand.publish(graphOf([stepOf('start', 'start'), ask(slug), stepOf('end', 'end')], 'start > ask > end'));
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(id, rows(200));
    await expect.poll(() => stand.upstream.requests.length, { timeout: 5_000 }).toBeGreaterThan(before + 30);
    await stand.engine.stop();
    const { rows: left } = await stand.database.db.execute(sql`select state, lane from tasks where state = 'in_progress'`);
    expect(left).toEqual([]);
    await stand.engine.start();
    expect(await stand.waitForBatch(batch.id, 20_000)).toMatchObject({ counts: { finished: 200 } });
    expect(stand.upstream.requests.length).toBe(before + 200);
  });

  it('shares its slots between batches: a small one does not wait for a large one', async () => {
    const id = await stand.publish(graphOf([stepOf('start', 'start'), ask(slug), stepOf('end', 'end')], 'start > ask > end'));
    const before = stand.upstream.requests.length;
    const large = await stand.createBatch(id, rows(600));
    const small = await stand.createBatch(id, rows(10, 'small'));
    await stand.waitForBatch(small.id, 20_000);
    // By what the provider saw: the large one goes on until somebody looks.
    const order = stand.upstream.requests.slice(before).map((request) => request.bytes.includes('small'));
    const end = order.lastIndexOf(true);
    expect(order.slice(0, end).filter((isSmall) => !isSmall).length).toBeLessThan(200);
    await stand.engine.cancelBatch(stand.principal.organizationId, large.id);
  });
});

function ask(model: string, name = 'ask') {
  return stepOf('llm', name, { model });
}

async function waitingReview(taskId: string, generation: number): Promise<string | null> {
  const { steps } = await stand.workflows.getTask(stand.principal, taskId);
  return steps.find((run) => run.state === 'waiting' && run.generation === generation)?.id ?? null;
}
