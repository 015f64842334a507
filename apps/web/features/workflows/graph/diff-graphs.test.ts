import { expect, it } from 'vitest';
import { ticketGraph } from '../list/starters/sort-tickets.ts';
import { diffGraphs, isSame } from './diff-graphs.ts';
import { removeSteps, replaceStep } from './edit-graph.ts';

const graph = ticketGraph('tiny');

it('sees nothing where only places differ', () => {
  const moved = { ...graph, steps: graph.steps.map((step) => ({ ...step, position: { x: 9, y: 9 } })) };
  expect(isSame(diffGraphs(graph, moved))).toBe(true);
});

it('names the fields that changed, with both values', () => {
  const classify = graph.steps.find((step) => step.name === 'classify');
  if (classify?.kind !== 'llm') throw new Error('no such step');
  const changed = replaceStep(graph, { ...classify, config: { ...classify.config, temperature: 0.5, max_tokens: 64 } });
  expect(diffGraphs(graph, changed).changed).toEqual([
    {
      step: expect.objectContaining({ name: 'classify' }),
      fields: [
        { field: 'config.temperature', before: '0', after: '0.5' },
        { field: 'config.max_tokens', before: null, after: '64' },
      ],
    },
  ]);
});

it('tells steps and connections that came from those that went', () => {
  const fewer = removeSteps(graph, ['review']);
  const removed = diffGraphs(graph, fewer);
  expect(removed.removed.map((step) => step.name)).toEqual(['review']);
  expect(removed.disconnected).toHaveLength(3);
  const added = diffGraphs(fewer, graph);
  expect(added.added.map((step) => step.name)).toEqual(['review']);
  expect(added.connected).toHaveLength(3);
  expect(isSame(added)).toBe(false);
});
