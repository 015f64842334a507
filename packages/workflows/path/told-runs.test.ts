import { expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { isToldByTask, tellEnd, tellStart } from './told-runs.ts';

const graph = graphOf([stepOf('start', 'begin'), stepOf('end', 'done')], 'begin > done');
const id = '0196f1d2-0000-7000-8000-000000000001';
const written = (step: string, state: 'finished' | 'failed', generation = 1, superseded = false) => ({
  step,
  state,
  generation,
  superseded,
});

it('leaves to the task what a start or an end has put out, and no failure', () => {
  expect(isToldByTask({ kind: 'start', state: 'finished' })).toBe(true);
  expect(isToldByTask({ kind: 'end', state: 'finished' })).toBe(true);
  expect(isToldByTask({ kind: 'end', state: 'failed' })).toBe(false);
  expect(isToldByTask({ kind: 'transform', state: 'finished' })).toBe(false);
});

it('tells the start of a task that was begun, once', () => {
  const startedAt = new Date();
  expect(tellStart(graph, { id, startedAt }, [])).toMatchObject({ step: 'begin', kind: 'start', generation: 1 });
  expect(tellStart(graph, { id, startedAt: null }, [])).toBeNull();
  expect(tellStart(graph, { id, startedAt }, [written('begin', 'finished')])).toBeNull();
});

it('tells the end of a finished task, once, after those that were overtaken or have failed', () => {
  const finished = { id, state: 'finished' } as const;
  expect(tellEnd(graph, finished, [])).toMatchObject({ step: 'done', kind: 'end', generation: 1, trigger: 'auto' });
  expect(tellEnd(graph, { id, state: 'in_progress' }, [])).toBeNull();
  expect(tellEnd(graph, finished, [written('done', 'finished')])).toBeNull();
  expect(tellEnd(graph, finished, [written('done', 'finished', 1, true)])).toMatchObject({ generation: 2, trigger: 'auto' });
  expect(tellEnd(graph, finished, [written('done', 'failed')])).toMatchObject({ generation: 2, trigger: 'user' });
});

it('names the same run the same each time, and two runs not alike', () => {
  const start = tellStart(graph, { id, startedAt: new Date() }, []);
  const end = tellEnd(graph, { id, state: 'finished' }, []);
  expect(tellEnd(graph, { id, state: 'finished' }, [])?.id).toBe(end?.id);
  expect(start?.id).not.toBe(end?.id);
});
