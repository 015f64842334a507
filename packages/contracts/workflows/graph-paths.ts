import type { Edge, Graph, Step } from './graph.ts';

/** The ports of a step, in order. An `end` has none. */
export function portsOf(step: Step): readonly string[] {
  if (step.kind === 'end') return [];
  if (step.kind === 'review') return ['pass', 'fail'];
  if (step.kind === 'gate') return [...step.config.routes.map((route) => route.name), 'default'];
  return ['next'];
}

/**
 * The edges that lead back: from a failed review to a step that leads to it. They are the only way of a graph to go round.
 * A review may also fail forwards, to a step that does not lead to it.
 */
export function returnsOf(graph: Graph): ReadonlySet<Edge> {
  const steps = stepsByName(graph);
  const isFail = ({ from, port }: Edge) => port === 'fail' && steps.get(from)?.kind === 'review';
  // From the start outwards: the way on of an earlier review is one of those that lead to a later one.
  const order = [...reachableFrom(startOf(graph), graph.edges)];
  const fails = graph.edges.filter(isFail).sort((one, other) => order.indexOf(one.from) - order.indexOf(other.from));
  const onward = graph.edges.filter((edge) => !isFail(edge));
  const returns = new Set<Edge>();
  for (const edge of fails) {
    if (reachableFrom(edge.to, onward).has(edge.from)) returns.add(edge);
    else onward.push(edge);
  }
  return returns;
}

/** Of the returns those that lead to a step to which nothing else does: it runs only after that review has failed. */
export function detoursOf(graph: Graph, returns: ReadonlySet<Edge>): readonly Edge[] {
  const reached = reachableFrom(
    startOf(graph),
    graph.edges.filter((edge) => !returns.has(edge)),
  );
  return [...returns].filter((edge) => !reached.has(edge.to));
}

function startOf(graph: Graph): string {
  return graph.steps.find((step) => step.kind === 'start')?.name ?? '';
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

/** The steps that have certainly or possibly run before `name`: what its templates may speak of. Returns are followed only where nothing else leads. */
export function stepsBefore(name: string, graph: Graph): ReadonlySet<string> {
  const returns = returnsOf(graph);
  const forward = [...graph.edges.filter((edge) => !returns.has(edge)), ...detoursOf(graph, returns)];
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
  const returns = returnsOf(graph);
  const next = groupByFrom(graph.edges.filter((edge) => !returns.has(edge)));
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
