import { type Evaluation, evaluationRowPageSchema, evaluationRowsQuerySchema } from '@pipelines/contracts';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import type { EngineStand } from '../__fixtures__/start-engine-stand.ts';
import { type EvaluationStand, plainModel, rowCount, startEvaluationStand } from '../__fixtures__/start-evaluation-stand.ts';
import type { Evaluations } from '../evaluations.ts';
import { advanceEvaluation } from './advance-evaluation.ts';

let stand: EvaluationStand;
let engine: EngineStand;
let evaluations: Evaluations;
beforeAll(async () => {
  stand = await startEvaluationStand();
  ({ engine, evaluations } = stand);
});
afterAll(() => stand?.close());

const rowsOf = async (id: string, filter: 'all' | 'differ' | 'failed' | 'unknown', limit = 100) =>
  evaluationRowPageSchema.parse(
    await evaluations.listEvaluationRows(engine.principal, id, evaluationRowsQuerySchema.parse({ limit, filter })),
  );
const asked = (fake: FakeOpenAi) =>
  fake.requests.filter((request) => request.bytes.includes('row ') || request.bytes.includes('rubric')).length;

describe('an evaluation', () => {
  it('runs two models over the same rows through a stop, checks each task once, and tells them apart', { timeout: 150_000 }, async () => {
    const before = { bug: asked(stand.says.bug), idea: asked(stand.says.idea), judge: asked(stand.says.verdict) };
    const begun = await stand.begin([stand.exact, stand.judge()]);
    expect(begun).toMatchObject({
      state: 'running',
      rows: rowCount,
      progress: { ended: 0 },
      workflow: { id: stand.workflowId, name: 'Flow' },
    });
    // Stopped in the middle of the tasks, and again in the middle of the judging.
    await expect.poll(() => asked(stand.says.bug) - before.bug, { timeout: 40_000, interval: 10 }).toBeGreaterThan(3);
    await engine.engine.stop();
    await stand.keeper.stop();
    await engine.engine.start();
    stand.keeper.start();
    await expect.poll(() => asked(stand.says.verdict) - before.judge, { timeout: 40_000, interval: 10 }).toBeGreaterThan(3);
    await stand.keeper.stop();
    await engine.engine.stop();
    await engine.engine.start();
    stand.keeper.start();
    const ended = await stand.waitFor(begun.id);

    expect(ended).toMatchObject({ state: 'finished', progress: { ended: rowCount * 4, total: rowCount * 4 } });
    const [bug, idea] = ended.candidates;
    // 18 rows are bugs and 5 ideas; of the last nobody knows, and the judge finds everything good enough.
    expect(bug?.rows).toEqual({ passed: 18, failed: 5, unknown: 1, open: 0 });
    expect(idea?.rows).toEqual({ passed: 5, failed: 18, unknown: 1, open: 0 });
    expect(bug?.pass_rate?.rate).toBeCloseTo(18 / 23, 10);
    expect(bug?.checks).toEqual([
      { name: 'label', passed: 18, failed: 5, unknown: 1, mean_score: null },
      { name: 'short', passed: rowCount, failed: 0, unknown: 0, mean_score: 4 },
    ]);
    expect(ended.comparisons).toEqual([
      { candidate: 2, baseline: 1, won: 5, lost: 18, tied: 0, unknown: 1, p_value: expect.closeTo(0.0106, 4) },
    ]);
    // Each candidate was asked once a row, and the judge once a row and candidate.
    expect([asked(stand.says.bug) - before.bug, asked(stand.says.idea) - before.idea, asked(stand.says.verdict) - before.judge]).toEqual([
      rowCount,
      rowCount,
      rowCount * 2,
    ]);
    await expect.poll(async () => (await evaluations.getEvaluation(engine.principal, begun.id)).candidates[1]?.calls).toBe(rowCount);
    const counted = (await evaluations.getEvaluation(engine.principal, begun.id)).candidates[1];
    expect(counted?.prompt_tokens).toBeGreaterThan(0);
    expect(counted?.call_latency_p95_ms).toBeGreaterThanOrEqual(20);
    expect(counted?.task_latency_p50_ms).toBeGreaterThanOrEqual(20);
    // The judge's cost is no cost of the candidate.
    expect(Number(counted?.cost)).toBeGreaterThan(0);
    expect(Number(counted?.judging.cost)).toBeGreaterThan(Number(counted?.cost));
    expect(Number(counted?.cost_per_task) * rowCount).toBeCloseTo(Number(counted?.cost), 12);
  });

  it('changes nothing when it is advanced again, by several at a time', async () => {
    const [summary] = (await evaluations.listEvaluations(engine.principal, { limit: 1 })).data;
    const id = summary?.id ?? '';
    expect(summary?.candidates.map((each) => each.pass_rate)).toEqual([expect.closeTo(18 / 23), expect.closeTo(5 / 23)]);
    const before = await evaluations.readEvaluationResults(engine.principal, id);
    // As if a crash had come between the last result and the end.
    await engine.database.db.execute(sql`update evaluations set state = 'running', finished_at = null where id = ${id}`);
    const key = { organizationId: engine.principal.organizationId, id };
    await Promise.all([1, 2, 3].map(() => advanceEvaluation(engine, key)));
    expect((await stand.waitFor(id)).state).toBe('finished');
    expect(await evaluations.readEvaluationResults(engine.principal, id)).toEqual(before);
  });

  it('shows rows side by side, those that differ, and all as a CSV', async () => {
    const id = (await evaluations.listEvaluations(engine.principal, { limit: 1 })).data[0]?.id ?? '';
    const differ = await rowsOf(id, 'differ');
    expect(differ.data).toHaveLength(23);
    expect(differ.data[0]).toMatchObject({
      row: 1,
      external_id: 'r-1',
      expected: { label: 'bug' },
      candidates: [
        {
          candidate: 1,
          state: 'finished',
          output: { label: 'bug' },
          outcome: 'pass',
          checks: [{ name: 'label' }, { name: 'short', score: 4 }],
        },
        { candidate: 2, output: { label: 'idea' }, outcome: 'fail', checks: [{ name: 'label', outcome: 'fail' }, { outcome: 'pass' }] },
      ],
    });
    expect((await rowsOf(id, 'unknown')).data.map((row) => row.row)).toEqual([rowCount]);
    const first = await rowsOf(id, 'all', 20);
    expect(first).toMatchObject({ next_cursor: '20' });
    const query = evaluationRowsQuerySchema.parse({ cursor: first.next_cursor });
    const rest = await evaluations.listEvaluationRows(engine.principal, id, query);
    expect([...first.data, ...rest.data].map((row) => row.row)).toEqual(Array.from({ length: rowCount }, (_, index) => index + 1));
    const records: Record<string, string>[] = parse(await evaluations.exportEvaluationResults(engine.principal, id), {
      bom: true,
      columns: true,
    });
    expect(records).toHaveLength(rowCount);
    expect(records[3]).toMatchObject({
      row: '4',
      'input.text': 'row 4',
      'expected.label': 'idea',
      [`1 ${stand.slugs.bug}: outcome`]: 'fail',
      [`2 ${stand.slugs.idea}: label`]: 'pass',
      [`2 ${stand.slugs.idea}: short.score`]: '4',
    });
  });

  it('counts failed tasks as failed, takes an unusable judge for unknown, and retries what has failed', { timeout: 150_000 }, async () => {
    const flaky = await startFakeOpenAi({ variant: 'vllm', answer: { text: 'bug' } });
    const slug = await engine.addModel('Flaky', {}, flaky.baseUrl);
    const chatty = await startFakeOpenAi({ variant: 'vllm', answer: { text: 'I think it passes: 5/5.' } });
    const talker = await engine.addModel('Talker', { capabilities: plainModel }, chatty.baseUrl);
    const refused = { status: 400, body: { error: { message: 'No.', type: 'invalid_request_error' } } };
    flaky.answerOnce(refused, refused, refused);
    const { id } = await stand.begin([stand.exact, stand.judge(talker)], [slug, stand.slugs.bug]);
    const first = await stand.waitFor(id);
    expect(first.candidates[0]).toMatchObject({
      tasks: { finished: rowCount - 3, failed: 3 },
      judging: { ended: rowCount - 3, total: rowCount - 3 },
      checks: [{ name: 'label' }, { name: 'short', passed: 0, failed: 3, unknown: rowCount - 3 }],
      rows: { passed: 0 },
    });
    const failed = (await rowsOf(id, 'failed')).data.flatMap((row) => row.candidates.filter((each) => each.state === 'failed'));
    expect(failed).toHaveLength(3);
    const [{ task_id: taskId } = { task_id: '' }] = failed;
    expect(await refusal(engine.workflows.retryTask(engine.principal, taskId))).toMatchObject({ code: 'conflict' });
    expect(await refusal(engine.workflows.retryBatch(engine.principal, first.candidates[0]?.batch_id ?? ''))).toMatchObject({
      code: 'conflict',
    });
    expect(failed[0]).toMatchObject({
      outcome: 'fail',
      checks: [{ outcome: 'fail', detail: expect.stringMatching(/^The task failed: /) }, {}],
    });

    await evaluations.retryEvaluation(engine.principal, id);
    const second = await stand.waitFor(id);
    expect(second.candidates[0]).toMatchObject({
      tasks: { finished: rowCount, failed: 0 },
      judging: { ended: rowCount, total: rowCount },
      checks: [
        { name: 'label', passed: 18, failed: 5, unknown: 1 },
        { name: 'short', unknown: rowCount },
      ],
    });
    expect(await refusal(evaluations.retryEvaluation(engine.principal, id))).toMatchObject({ code: 'conflict' });
    await flaky.close();
    await chatty.close();
  });

  it('is canceled with every task of it, and stays so', async () => {
    stand.says.idea.answerOnce(...Array.from({ length: 4 }, () => ({ hang: 'headers' as const })));
    const before = asked(stand.says.idea);
    // Nothing is judged before it is canceled.
    await stand.keeper.stop();
    const { id } = await stand.begin([stand.exact, stand.judge()]);
    await expect.poll(() => asked(stand.says.idea) - before, { timeout: 40_000 }).toBeGreaterThan(0);
    const canceled = await evaluations.cancelEvaluation(engine.principal, id);
    expect(canceled).toMatchObject({ state: 'canceled', finished_at: expect.any(String) });
    const { tasks } = canceled.candidates[1] as Evaluation['candidates'][number];
    expect(tasks.pending + tasks.in_progress).toBe(0);
    await advanceEvaluation(engine, { organizationId: engine.principal.organizationId, id });
    expect(await evaluations.getEvaluation(engine.principal, id)).toMatchObject({
      state: 'canceled',
      candidates: [{ judging: { total: 0 } }, {}],
    });
    expect(await refusal(evaluations.retryEvaluation(engine.principal, id))).toMatchObject({ code: 'conflict' });
    stand.keeper.start();
  });

  it('ends what a crash has left of a canceled one', async () => {
    await engine.engine.stop();
    const { id } = await stand.begin([stand.exact]);
    await engine.database.db.execute(sql`update evaluations set state = 'canceled' where id = ${id}`);
    await engine.engine.start();
    const ended = await stand.waitFor(id);
    expect(ended).toMatchObject({ state: 'canceled', candidates: [{ tasks: { pending: 0, in_progress: 0 } }, {}] });
  });
});
