import { expect, it } from 'vitest';
import { ticketGraph } from '../list/starters/sort-tickets.ts';
import { stepSizePx } from './lay-out-graph.ts';
import { edgeKey, orderPorts, type Point, roundedPath, routeEdges } from './route-edges.ts';

const graph = ticketGraph('tiny');
const routes = routeEdges(graph);

it('leads every connection past the cards, not behind them', () => {
  for (const edge of graph.edges) {
    const others = graph.steps.filter((step) => step.name !== edge.from && step.name !== edge.to);
    for (const point of routes.get(edgeKey(edge)) ?? []) {
      expect(others.filter((step) => isInside(point, step.position)).map((step) => `${edgeKey(edge)} behind ${step.name}`)).toEqual([]);
    }
  }
});

it('gives a long connection points on its way, and a return a lane of its own', () => {
  expect(routes.get('kind default end')?.length).toBeGreaterThan(1);
  const rightmost = Math.max(...graph.steps.map((step) => step.position.x + stepSizePx.width));
  expect(Math.max(...(routes.get('review fail reply') ?? []).map((point) => point.x))).toBeGreaterThan(rightmost);
});

it('puts the ports in the order in which their connections leave', () => {
  const gate = graph.steps.find((step) => step.kind === 'gate');
  const review = graph.steps.find((step) => step.kind === 'review');
  if (!gate || !review) throw new Error('no such steps');
  expect(orderPorts(gate, graph, routes)).toEqual(['default', 'needs_reply']);
  expect(orderPorts(review, graph, routes)).toEqual(['pass', 'fail']);
});

it('draws through the points with round corners', () => {
  const path = roundedPath(
    [
      { x: 0, y: 0 },
      { x: 0, y: 100 },
      { x: 100, y: 100 },
    ],
    10,
  );
  expect(path).toBe('M 0 0 L 0 90 Q 0 100 10 100 L 100 100');
});

function isInside({ x, y }: Point, card: Point): boolean {
  return x > card.x && x < card.x + stepSizePx.width && y > card.y && y < card.y + stepSizePx.height;
}
