import type { StepRun, TaskDetail } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { putAnswer, putEvent } from './task-events.ts';

const step = (id: string, state: string) => ({ id, state }) as StepRun;
const task = { id: 't', state: 'pending', steps: [step('a', 'running')] } as unknown as TaskDetail;

it('takes a snapshot as it is, and puts later events in', () => {
  expect(putEvent(undefined, { type: 'snapshot', task })).toBe(task);
  const changed = putEvent(task, { type: 'step', step: step('a', 'finished') });
  expect(changed?.steps).toEqual([step('a', 'finished')]);
  expect(putEvent(changed, { type: 'step', step: step('b', 'running') })?.steps.map((each) => each.id)).toEqual(['a', 'b']);
  expect(putEvent(task, { type: 'task', task: { ...task, state: 'failed' } })).toMatchObject({ state: 'failed', steps: task.steps });
  expect(putEvent(undefined, { type: 'step', step: step('b', 'running') })).toBeUndefined();
});

it('puts parts of an answer together, and forgets what a new call makes void', () => {
  const part = (from: number, text: string) => ({ type: 'answer', step_id: 'a', from, text, thinking_from: 0, thinking: '' }) as const;
  const said = putAnswer(putAnswer(new Map(), part(0, 'Hel')), part(3, 'lo'));
  expect(said.get('a')?.text).toBe('Hello');
  expect(putAnswer(said, part(0, 'B')).get('a')?.text).toBe('B');
});
