import { detoursOf, type Edge, type Graph, reachableFrom, returnsOf, type Step, stepsByName } from '@pipelines/contracts';

/** A version's graph, ready to be walked many times. */
export interface CompiledGraph {
  readonly steps: ReadonlyMap<string, Step>;
  /** Edges into each step; those that lead back from a failed review are not among them. */
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  /** Edges that lead back into each step. */
  readonly returns: ReadonlyMap<string, readonly Edge[]>;
  /** Where a run leads on: every edge but those that lead back, and the ones by which alone a step is come to. */
  readonly onward: readonly Edge[];
  /** For each review whose `fail` leads back: the steps that run again, the review itself included. */
  readonly repeats: ReadonlyMap<string, ReadonlySet<string>>;
}

export function compileGraph(graph: Graph): CompiledGraph {
  const steps = stepsByName(graph);
  const back = returnsOf(graph);
  const ahead = graph.edges.filter((edge) => !back.has(edge));
  const behind = ahead.map((edge) => ({ from: edge.to, to: edge.from }));
  const repeats = new Map<string, ReadonlySet<string>>();
  for (const edge of back) {
    const before = reachableFrom(edge.from, behind);
    const again = [...reachableFrom(edge.to, ahead)].filter((name) => before.has(name));
    repeats.set(edge.from, new Set([...(repeats.get(edge.from) ?? []), ...again]));
  }
  const onward = [...ahead, ...detoursOf(graph, back)];
  return { steps, incoming: groupByTarget(graph, ahead), returns: groupByTarget(graph, [...back]), onward, repeats };
}

function groupByTarget(graph: Graph, edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  return new Map(graph.steps.map(({ name }) => [name, edges.filter((edge) => edge.to === name)]));
}
