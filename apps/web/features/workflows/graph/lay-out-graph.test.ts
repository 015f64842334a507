import { expect, it } from 'vitest';
import { emptyGraph } from '../list/starters/empty-graph.ts';
import { ticketGraph } from '../list/starters/sort-tickets.ts';
import { addStep } from './edit-graph.ts';
import { isTidy, placeAfterEdit, stepSizePx } from './lay-out-graph.ts';
import { neighbourStep } from './neighbour-step.ts';
import { newStep } from './new-step.ts';

const graph = ticketGraph('tiny');
const at = (name: string, of = graph) => of.steps.find((step) => step.name === name)?.position ?? { x: Number.NaN, y: Number.NaN };

it('leads down along every connection but a return', () => {
  for (const edge of graph.edges.filter((each) => each.port !== 'fail')) expect(at(edge.to).y).toBeGreaterThan(at(edge.from).y);
});

it('lets no two steps overlap', () => {
  for (const one of graph.steps) {
    for (const other of graph.steps) {
      if (one === other) continue;
      const apart =
        Math.abs(one.position.x - other.position.x) >= stepSizePx.width || Math.abs(one.position.y - other.position.y) >= stepSizePx.height;
      expect(apart).toBe(true);
    }
  }
});

it('keeps a tidy graph tidy and hand-placed steps in their places', () => {
  const before = emptyGraph();
  const after = addStep(before, newStep('llm', before, null), 'start');
  expect(isTidy(placeAfterEdit(before, after, 'start'))).toBe(true);
  const moved = { ...before, steps: before.steps.map((step) => ({ ...step, position: { x: step.position.x + 300, y: step.position.y } })) };
  expect(isTidy(moved)).toBe(false);
  const placed = placeAfterEdit(moved, addStep(moved, newStep('llm', moved, null), 'start'), 'start');
  expect(at('end', placed)).toEqual(at('end', moved));
  expect(at('llm', placed).y).toBeGreaterThan(at('start', placed).y);
});

it('finds the neighbour in a direction', () => {
  expect(neighbourStep(graph.steps, 'start', 'down')).toBe('classify');
  expect(neighbourStep(graph.steps, 'classify', 'up')).toBe('start');
  expect(neighbourStep(graph.steps, 'start', 'up')).toBeNull();
  expect(neighbourStep(graph.steps, 'gone', 'up')).toBe('start');
});
