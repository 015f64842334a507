import type { Principal, TaskDetail } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';

let stand: EngineStand;
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand();
  slug = await stand.addModel('Tiny Chat');
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await stand.close();
});

const answer = [{ name: 'answer', value: '{{steps.note.output.text}}' }];
const plain = () =>
  graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'first', { model: slug, user_prompt: 'First {{input.text}}' }),
      stepOf('llm', 'ask', { model: slug, user_prompt: 'Then {{steps.first.output}}' }),
      stepOf('transform', 'note', { mapping: [{ name: 'text', value: '{{steps.ask.output}}!' }] }),
      stepOf('end', 'end', { mapping: answer }),
    ],
    'start > first > ask > note > end',
  );
const reviewed = (max_rereviews: number) =>
  graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'ask', { model: slug }),
      stepOf('transform', 'note', { mapping: [{ name: 'text', value: '{{steps.ask.output}}' }] }),
      stepOf('review', 'check', { subject: '{{steps.note.output.text}}', max_rereviews }),
      stepOf('end', 'end', { mapping: answer }),
    ],
    'start > ask > note > check:pass > end',
    'check:fail > ask',
  );

async function begin(graph: ReturnType<typeof plain>): Promise<string> {
  const batch = await stand.createBatch(await stand.publish(graph), [{ text: 'Hi' }]);
  const { data } = await stand.workflows.listTasks(stand.principal, batch.workflow_id, { limit: 1 });
  return data[0]?.id as string;
}

const read = (id: string) => stand.workflows.getTask(stand.principal, id);
async function until(id: string, holds: (task: TaskDetail) => boolean): Promise<TaskDetail> {
  await expect.poll(async () => holds(await read(id)), { timeout: 15_000 }).toBe(true);
  return read(id);
}
const ended = (task: TaskDetail) => !['pending', 'in_progress'].includes(task.state);
const waits = (task: TaskDetail) => task.steps.some((run) => run.state === 'waiting');
const runOf = (task: TaskDetail, step: string) => task.steps.findLast((run) => run.step === step) as TaskDetail['steps'][number];
const regenerate = (task: TaskDetail, step: string, principal: Principal = stand.principal) =>
  stand.workflows.regenerateStep(principal, runOf(task, step).id);
const builder = (): Principal => ({ ...stand.principal, role: 'builder' });

describe('regenerating a step', () => {
  it('asks its model once more, goes on from there, and keeps what was', async () => {
    stand.upstream.answerOnce({ text: 'one' }, { text: 'two' });
    const before = await until(await begin(plain()), ended);
    expect(before.output).toEqual({ answer: 'two!' });
    const calls = stand.upstream.requests.length;
    stand.upstream.answerOnce({ text: 'three' });
    const asked = await regenerate(before, 'ask', builder());
    expect(asked.state).not.toBe('failed');
    const after = await until(before.id, (task) => task.state === 'finished');
    expect(after.output).toEqual({ answer: 'three!' });
    expect(stand.upstream.requests).toHaveLength(calls + 1);
    const runs = after.steps.map((run) => [run.step, run.generation, run.trigger, run.superseded, run.state]);
    expect(runs).toEqual([
      ['start', 1, 'auto', false, 'finished'],
      ['first', 1, 'auto', false, 'finished'],
      ['ask', 1, 'auto', true, 'finished'],
      ['note', 1, 'auto', true, 'finished'],
      ['end', 1, 'auto', true, 'finished'],
      ['ask', 2, 'user', false, 'finished'],
      ['note', 2, 'auto', false, 'finished'],
      ['end', 2, 'auto', false, 'finished'],
    ]);
    expect(Number(after.cost)).toBeGreaterThan(Number(before.cost));
    expect(runOf(await read((await regenerate(after, 'first')).id), 'first').trigger).toBe('admin');
    expect((await until(before.id, (task) => task.state === 'finished')).steps).toHaveLength(12);
  });

  it('is done once however often it is asked for at the same time, and not while the task is under way', async () => {
    const before = await until(await begin(plain()), ended);
    stand.upstream.answerOnce({ hang: 'headers' });
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => regenerate(before, 'ask')));
    expect(asked.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    for (const each of asked) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'conflict' });
    const under = await until(before.id, (task) => task.state === 'in_progress');
    expect(under.steps.filter((run) => run.step === 'ask')).toHaveLength(2);
    await expect(regenerate(under, 'first')).rejects.toMatchObject({ code: 'conflict', message: 'The task is under way.' });
    await stand.workflows.cancelTask(stand.principal, before.id);
    await expect(regenerate(before, 'first')).rejects.toMatchObject({ code: 'conflict', message: 'The task has been canceled.' });
  });

  it('takes a waiting review back, and asks for another', async () => {
    stand.upstream.answerOnce({ text: 'poor' });
    const before = await until(await begin(reviewed(1)), waits);
    const review = runOf(before, 'check');
    expect(review.input).toMatchObject({ subject: 'poor' });
    stand.upstream.answerOnce({ text: 'good' });
    await regenerate(before, 'ask');
    await expect(stand.workflows.reviewStep(stand.principal, review.id, { verdict: 'pass' })).rejects.toMatchObject({ code: 'conflict' });
    const again = await until(before.id, waits);
    expect(runOf(again, 'check').input).toMatchObject({ subject: 'good' });
    await stand.workflows.reviewStep(stand.principal, runOf(again, 'check').id, { verdict: 'pass' });
    expect((await until(before.id, ended)).output).toEqual({ answer: 'good' });
  });

  it('gives a task another chance that its reviews have quarantined', async () => {
    let task = await until(await begin(reviewed(1)), waits);
    for (const _round of [0, 1]) {
      await stand.workflows.reviewStep(stand.principal, runOf(task, 'check').id, { verdict: 'fail' });
      task = await until(task.id, (now) => waits(now) || ended(now));
    }
    expect(task.state).toBe('quarantined');
    stand.upstream.answerOnce({ text: 'at last' });
    await regenerate(task, 'ask');
    task = await until(task.id, waits);
    expect(runOf(task, 'check')).toMatchObject({ generation: 3, input: { subject: 'at last' } });
    await stand.workflows.reviewStep(stand.principal, runOf(task, 'check').id, { verdict: 'pass' });
    expect(await until(task.id, ended)).toMatchObject({ state: 'finished', output: { answer: 'at last' } });
  });

  it('goes on after a failure elsewhere, and keeps what a failed step has asked', async () => {
    stand.upstream.answerOnce({ text: 'one' }, { status: 400, body: { error: { message: 'theirs' } } });
    const failed = await until(await begin(plain()), ended);
    expect(failed.state).toBe('failed');
    expect(runOf(failed, 'ask').input).toMatchObject({ model: slug, messages: [{ role: 'user', content: 'Then one' }] });
    stand.upstream.answerOnce({ text: 'another' }, { text: 'mended' });
    await regenerate(failed, 'first');
    expect((await until(failed.id, (task) => task.state === 'finished')).output).toEqual({ answer: 'mended!' });
  });

  it('is for the last run of an LLM step of the own organization', async () => {
    const before = await until(await begin(plain()), ended);
    await expect(regenerate(before, 'note')).rejects.toMatchObject({ code: 'conflict', message: 'Only an LLM step can be regenerated.' });
    const stranger = { ...stand.principal, organizationId: '0191b0f0-0000-7000-8000-00000000000f' };
    await expect(regenerate(before, 'ask', stranger)).rejects.toMatchObject({ code: 'not_found' });
    await regenerate(before, 'ask');
    await until(before.id, (task) => task.state === 'finished');
    await expect(regenerate(before, 'ask')).rejects.toMatchObject({ code: 'conflict', message: /has been run again/ });
  });
});
