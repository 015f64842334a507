import dagre from '@dagrejs/dagre';
import { type Graph, returnsOf, type Step } from '@pipelines/contracts';

/** The size of a step's card on the canvas, in pixels. */
export const stepSizePx = { width: 220, height: 60 } as const;
const gapPx = { beside: 48, between: 64 } as const;

/** The layout of a graph from top to bottom: places of steps (their centres) and ways of connections (named by port). */
export function layOut(graph: Graph) {
  const layout = new dagre.graphlib.Graph({ multigraph: true });
  layout.setGraph({ rankdir: 'TB', nodesep: gapPx.beside, ranksep: gapPx.between });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const step of graph.steps) layout.setNode(step.name, { ...stepSizePx });
  const returns = returnsOf(graph);
  // A return leads up; it must not pull the steps above it down.
  for (const edge of graph.edges) if (!returns.has(edge)) layout.setEdge(edge.from, edge.to, {}, edge.port);
  dagre.layout(layout);
  return layout;
}

/** The graph with every step placed, from top to bottom along its connections. */
export function layOutGraph(graph: Graph): Graph {
  const layout = layOut(graph);
  return {
    ...graph,
    steps: graph.steps.map((step): Step => {
      const { x, y } = layout.node(step.name);
      return { ...step, position: { x: Math.round(x - stepSizePx.width / 2), y: Math.round(y - stepSizePx.height / 2) } };
    }),
  };
}

/** Nobody has moved a step by hand: the layout may place new ones. */
export function isTidy(graph: Graph): boolean {
  return layOutGraph(graph).steps.every((step, index) => {
    const placed = graph.steps[index]?.position;
    return placed?.x === step.position.x && placed.y === step.position.y;
  });
}

/** After a change of steps or connections: a tidy graph stays tidy, a hand-placed one keeps its places and gets the new steps under `below`. */
export function placeAfterEdit(before: Graph, after: Graph, below: string | null): Graph {
  if (isTidy(before)) return layOutGraph(after);
  const known = new Set(before.steps.map((step) => step.name));
  const anchor = before.steps.find((step) => step.name === below)?.position ?? lowest(before);
  let rows = 0;
  return {
    ...after,
    steps: after.steps.map((step) => {
      if (known.has(step.name)) return step;
      rows += 1;
      return { ...step, position: { x: anchor.x, y: anchor.y + rows * (stepSizePx.height + gapPx.between) } };
    }),
  };
}

function lowest(graph: Graph): Step['position'] {
  return graph.steps.reduce((low, step) => (step.position.y > low.y ? step.position : low), { x: 0, y: 0 });
}
