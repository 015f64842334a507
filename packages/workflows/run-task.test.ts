import { checkGraph } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { compileGraph } from './path/compile-graph.ts';
import type { StepRun } from './path/step-run.ts';
import { runTask } from './run-task.ts';
import type { StepDoors } from './steps/step-context.ts';
import type { TaskEnd } from './task-memo.ts';

const reachedOut = () => Promise.reject(new Error('A step reached out.'));
/** None of these steps reaches out. */
const doors: StepDoors = {
  gateway: { completeChatOnce: reachedOut },
  registry: { resolve: () => null },
  egress: { request: reachedOut },
  tools: { openSession: reachedOut, openEndpoint: reachedOut },
};

/** A task in memory: what is written down outlives each `go`, as it does in the table. */
function taskOf(graph: ReturnType<typeof graphOf>, input: Record<string, unknown> = {}) {
  const runs = new Map<string, StepRun>();
  let ended: TaskEnd | null = null;
  const memo = {
    begin: async (run: StepRun) => void runs.set(run.id, run),
    note: (run: StepRun) => void runs.set(run.id, run),
    end: async (end: TaskEnd) => {
      ended = end;
    },
    park: async () => [],
    turnTo: async () => undefined,
  };
  return {
    runs,
    async go(): Promise<TaskEnd | null> {
      ended = null;
      const task = { organizationId: 'o', graph: compileGraph(graph), input, runs: [...runs.values()] };
      await runTask(task, { ...doors, memo }, new AbortController().signal);
      return ended;
    },
    order: () => [...runs.values()].map((run) => run.step),
    answer(verdict: 'pass' | 'fail') {
      const waiting = [...runs.values()].find((run) => run.state === 'waiting') as StepRun;
      runs.set(waiting.id, { ...waiting, state: 'finished', port: verdict, output: { verdict } });
    },
  };
}

const start = stepOf('start', 'start');
const note = (name: string, value = '') => stepOf('transform', name, { mapping: [{ name: 'value', value }] });
const end = (value: string) => stepOf('end', 'end', { mapping: [{ name: 'answer', value }] });
const urgentGate = stepOf('gate', 'gate', {
  routes: [
    { name: 'urgent', match: 'all', conditions: [{ value: '{{input.text}}', json_path: '', operator: 'contains', operand: 'fire' }] },
  ],
});

describe('runTask', () => {
  it('walks from the start to the end, and gives outputs on', async () => {
    const task = taskOf(graphOf([start, note('a', '{{input.text}}!'), end('{{steps.a.output.value}}')], 'start > a > end'), { text: 'Hi' });
    expect(await task.go()).toEqual({ state: 'finished', output: { answer: 'Hi!' }, error: null });
    expect(task.order()).toEqual(['start', 'a', 'end']);
  });

  it('forks, and joins once every branch has come', async () => {
    const graph = graphOf(
      [
        start,
        note('a', '1'),
        note('b', '2'),
        note('b2', '{{steps.b.output.value}}'),
        end('{{steps.a.output.value}}{{steps.b2.output.value}}'),
      ],
      'start > a > end',
      'start > b > b2 > end',
    );
    const task = taskOf(graph);
    expect((await task.go())?.output).toEqual({ answer: '12' });
    expect(task.order().filter((step) => step === 'end')).toHaveLength(1);
  });

  it.each([
    ['fire!', ['start', 'gate', 'a', 'end']],
    ['a cat', ['start', 'gate', 'b', 'c', 'end']],
  ])('takes one route of a gate for "%s", and waits for no other', async (text, steps) => {
    const graph = graphOf(
      [start, urgentGate, note('a'), note('b'), note('c'), end('x')],
      'start > gate:urgent > a > end',
      'gate:default > b > c > end',
    );
    const task = taskOf(graph, { text });
    expect((await task.go())?.state).toBe('finished');
    expect(task.order()).toEqual(steps);
  });

  const reviewed = (max_rereviews: number, when_exhausted = 'quarantine') =>
    graphOf(
      [start, note('early'), note('draft'), note('polish'), stepOf('review', 'review', { max_rereviews, when_exhausted }), end('done')],
      'start > early > draft > polish > review:pass > end',
      'review:fail > draft',
    );

  it('waits for a review, and goes on after it', async () => {
    const task = taskOf(reviewed(1));
    expect(await task.go()).toBeNull();
    expect(await task.go()).toBeNull();
    task.answer('pass');
    expect((await task.go())?.state).toBe('finished');
    expect(task.order()).toEqual(['start', 'early', 'draft', 'polish', 'review', 'end']);
  });

  it('goes back after a failed review: the steps between run again, the others do not', async () => {
    const task = taskOf(reviewed(1));
    await task.go();
    task.answer('fail');
    await task.go();
    expect(task.order()).toEqual(['start', 'early', 'draft', 'polish', 'review', 'draft', 'polish', 'review']);
    expect([...task.runs.values()].filter((run) => run.step === 'draft').map((run) => run.generation)).toEqual([1, 2]);
    task.answer('pass');
    expect((await task.go())?.state).toBe('finished');
  });

  it('runs the step that only a failed review leads to, each time it fails, before the review is asked again', async () => {
    const review = stepOf('review', 'review', { max_rereviews: 2 });
    const graph = graphOf(
      [start, note('draft', 'v1'), review, note('revise', '{{steps.draft.output.value}}+'), end('{{steps.revise.output.value}}')],
      'start > draft > review:pass > end',
      'review:fail > revise > review',
    );
    expect(checkGraph(graph)).toEqual([]);
    const task = taskOf(graph);
    await task.go();
    expect(task.order()).toEqual(['start', 'draft', 'review']);
    task.answer('fail');
    await task.go();
    task.answer('fail');
    await task.go();
    expect(task.order().slice(3)).toEqual(['revise', 'review', 'revise', 'review']);
    task.answer('pass');
    expect(await task.go()).toMatchObject({ state: 'finished', output: { answer: 'v1+' } });
  });

  it('lets a review fail forwards, to a second one that leads back over both', async () => {
    const graph = graphOf(
      [
        start,
        note('draft', 'v1'),
        stepOf('review', 'junior'),
        stepOf('review', 'senior', { subject: '{{steps.draft.output.value}}' }),
        end('x'),
      ],
      'start > draft > junior:pass > end',
      'junior:fail > senior:pass > end',
      'senior:fail > draft',
    );
    expect(checkGraph(graph)).toEqual([]);
    const task = taskOf(graph);
    await task.go();
    task.answer('fail');
    await task.go();
    task.answer('fail');
    await task.go();
    expect(task.order()).toEqual(['start', 'draft', 'junior', 'senior', 'draft', 'junior']);
    task.answer('pass');
    expect((await task.go())?.state).toBe('finished');
  });

  it.each([
    ['quarantine', 'quarantined'],
    ['escalate', 'escalated'],
  ])('ends by %s when a review has failed once too often', async (when, state) => {
    const task = taskOf(reviewed(1, when));
    await task.go();
    task.answer('fail');
    await task.go();
    task.answer('fail');
    expect((await task.go())?.state).toBe(state);
  });

  it('fails at a step that fails, says which, and a retry goes on from there', async () => {
    const broken = graphOf([start, note('a'), stepOf('llm', 'ask', { model: 'gone' }), end('x')], 'start > a > ask > end');
    const task = taskOf(broken);
    expect((await task.go())?.error).toMatchObject({ code: 'model_not_found', step: 'ask', slug: 'gone' });
    await task.go();
    expect(task.order()).toEqual(['start', 'a', 'ask', 'ask']);
    expect([...task.runs.values()].map((run) => run.trigger)).toEqual(['auto', 'auto', 'auto', 'user']);
  });

  it('tries a run that a worker died in once more, the same run; and not for ever', async () => {
    const task = taskOf(graphOf([start, note('a'), end('x')], 'start > a > end'));
    await task.go();
    const [run] = [...task.runs.values()].filter((each) => each.step === 'a') as [StepRun];
    task.runs.set(run.id, { ...run, state: 'running', port: null });
    expect((await task.go())?.state).toBe('finished');
    expect(task.runs.get(run.id)).toMatchObject({ tries: 2, state: 'finished' });
    task.runs.set(run.id, { ...run, state: 'running', port: null, tries: 5 });
    expect((await task.go())?.error).toMatchObject({ code: 'unavailable', step: 'a' });
  });

  const twenty = Array.from({ length: 20 }, (_, index) => `n${index}`);
  it.each([
    ['a text', (from: string) => note(`${from}x`, `{{steps.${from}.output.value}}`.repeat(20))],
    [
      'values',
      (from: string) => stepOf('transform', `${from}x`, { mapping: twenty.map((name) => ({ name, value: `{{steps.${from}.output}}` })) }),
    ],
  ])('fails a step that puts %s together beyond all measure', async (_, repeat) => {
    const names = ['a', 'ax', 'axx', 'axxx', 'axxxx', 'axxxxx'];
    const steps = [note('a', 'x'.repeat(1_000)), ...names.slice(0, -1).map(repeat)];
    const task = taskOf(graphOf([start, ...steps, end('done')], `start > ${names.join(' > ')} > end`));
    expect(await task.go()).toMatchObject({ state: 'failed', error: { code: 'invalid_request', step: 'axxxx' } });
  });
});
