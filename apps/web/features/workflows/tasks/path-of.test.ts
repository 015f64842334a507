import type { Graph, TaskDetail } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { pathOf } from './path-of.ts';

const graph = {
  steps: ['start', 'gate', 'reply', 'end'].map((name) => ({ name, title: name.toUpperCase() })),
  edges: [],
} as unknown as Graph;
const run = (id: string, step: string, port: string, superseded = false) => ({ id, step, port, superseded });
const steps = [run('1', 'start', 'next'), run('2', 'gate', 'urgent', true), run('3', 'gate', 'default'), run('4', 'end', 'next')];

it('tells the runs that count with the way out where there was a choice, and what was passed by', () => {
  const task = { state: 'finished', steps } as unknown as TaskDetail;
  const { taken, passedBy } = pathOf(task, graph);
  expect(taken).toEqual([
    { id: '1', title: 'START', port: null },
    { id: '3', title: 'GATE', port: 'default' },
    { id: '4', title: 'END', port: null },
  ]);
  expect(passedBy).toEqual(['REPLY']);
  expect(pathOf({ ...task, state: 'in_progress' }, graph).passedBy).toEqual([]);
});
