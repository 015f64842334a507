import type { Edge, Graph, Step } from './graph.ts';

/** The ports of a step, in order. An `end` has none. */
export function portsOf(step: Step): readonly string[] {
  if (step.kind === 'end') return [];
  if (step.kind === 'review') return ['pass', 'fail'];
  if (step.kind === 'gate') return [...step.config.routes.map((route) => route.name), 'default'];
  return ['next'];
}

/** An edge that leads back from a failed review: the only way of a graph to go round. */
export function isReturn(edge: Edge, steps: ReadonlyMap<string, Step>): boolean {
  return edge.port === 'fail' && steps.get(edge.from)?.kind === 'review';
}

export function stepsByName(graph: Graph): ReadonlyMap<string, Step> {
  return new Map(graph.steps.map((step) => [step.name, step]));
}

/** Every step that can be reached from `from` along edges; `from` itself included. */
export function reachableFrom(from: string, edges: readonly { readonly from: string; readonly to: string }[]): ReadonlySet<string> {
  const next = groupByFrom(edges);
  const seen = new Set([from]);
  for (const name of seen) for (const edge of next.get(name) ?? []) seen.add(edge.to);
  return seen;
}

/** The steps that have certainly or possibly run before `name`: what its templates may speak of. Returns are not followed. */
export function stepsBefore(name: string, graph: Graph): ReadonlySet<string> {
  const steps = stepsByName(graph);
  const forward = graph.edges.filter((edge) => !isReturn(edge, steps));
  const before = new Set(
    reachableFrom(
      name,
      forward.map((edge) => ({ from: edge.to, to: edge.from })),
    ),
  );
  before.delete(name);
  return before;
}

/** A cycle among the edges that are no returns, as the names along it; null when there is none. */
export function findCycle(graph: Graph): readonly string[] | null {
  const steps = stepsByName(graph);
  const next = groupByFrom(graph.edges.filter((edge) => !isReturn(edge, steps)));
  const done = new Set<string>();
  function visit(name: string, path: readonly string[]): readonly string[] | null {
    const at = path.indexOf(name);
    if (at >= 0) return path.slice(at);
    if (done.has(name)) return null;
    for (const edge of next.get(name) ?? []) {
      const cycle = visit(edge.to, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return null;
  }
  for (const step of graph.steps) {
    const cycle = visit(step.name, []);
    if (cycle) return cycle;
  }
  return null;
}

function groupByFrom<Each extends { readonly from: string }>(edges: readonly Each[]): ReadonlyMap<string, readonly Each[]> {
  const groups = new Map<string, Each[]>();
  for (const edge of edges) {
    const group = groups.get(edge.from);
    if (group) group.push(edge);
    else groups.set(edge.from, [edge]);
  }
  return groups;
}
