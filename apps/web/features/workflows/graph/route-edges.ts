import { type Edge, type Graph, portsOf, returnsOf, type Step, stepsByName } from '@pipelines/contracts';
import { isTidy, layOut, stepSizePx } from './lay-out-graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const lanePx = 36;

/** Points that a connection passes on its way, so that it runs beside cards and not behind them; by `edgeKey`. */
export function routeEdges(graph: Graph): ReadonlyMap<string, readonly Point[]> {
  const returns = returnsOf(graph);
  const layout = isTidy(graph) ? layOut(graph) : null;
  return new Map(
    graph.edges.map((edge) => {
      if (returns.has(edge)) return [edgeKey(edge), returnLane(edge, graph)];
      // The first and the last point of the layout lie on the cards; the ports are there instead.
      return [edgeKey(edge), layout?.edge(edge.from, edge.to, edge.port)?.points.slice(1, -1) ?? []];
    }),
  );
}

export function edgeKey(edge: Edge): string {
  return `${edge.from} ${edge.port} ${edge.to}`;
}

/** The ports of a step from left to right as its connections go, so that they do not cross; unconnected and returning ones last. */
export function orderPorts(step: Step, graph: Graph, routes: ReadonlyMap<string, readonly Point[]>): readonly string[] {
  const steps = stepsByName(graph);
  const returns = returnsOf(graph);
  const heading = (port: string): number => {
    const edge = graph.edges.find((each) => each.from === step.name && each.port === port);
    const target = edge && steps.get(edge.to);
    if (!edge || !target || returns.has(edge)) return Number.MAX_VALUE;
    return routes.get(edgeKey(edge))?.[0]?.x ?? target.position.x + stepSizePx.width / 2;
  };
  return portsOf(step).toSorted((one, other) => heading(one) - heading(other));
}

/** Up again on the right of every card between the two. */
function returnLane(edge: Edge, graph: Graph): readonly Point[] {
  const place = (name: string) => graph.steps.find((step) => step.name === name)?.position;
  const from = place(edge.from);
  const to = place(edge.to);
  if (!from || !to || to.y > from.y) return [];
  const beside = graph.steps.filter(({ position }) => position.y >= to.y && position.y <= from.y).map((step) => step.position.x);
  const x = Math.max(...beside) + stepSizePx.width + lanePx;
  const below = from.y + stepSizePx.height + lanePx / 1.5;
  const above = to.y - lanePx / 1.5;
  return [
    { x: from.x + (stepSizePx.width * 2) / 3, y: below },
    { x, y: below },
    { x, y: above },
    { x: to.x + stepSizePx.width / 2, y: above },
  ];
}

/** An SVG path through points, its corners rounded. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = rest.map((corner, index) => {
    const before = points[index] ?? corner;
    const after = rest[index + 1];
    if (!after) return `L ${corner.x} ${corner.y}`;
    const into = toward(corner, before, radius);
    const out = toward(corner, after, radius);
    return `L ${into.x} ${into.y} Q ${corner.x} ${corner.y} ${out.x} ${out.y}`;
  });
  return [`M ${first.x} ${first.y}`, ...parts].join(' ');
}

/** The point `distance` away from `from` toward `to`, at most half the way. */
function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(0.5, distance / length);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
