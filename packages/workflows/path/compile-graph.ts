import { type Edge, type Graph, isReturn, reachableFrom, type Step, stepsByName } from '@pipelines/contracts';

/** A version's graph, ready to be walked many times. */
export interface CompiledGraph {
  readonly steps: ReadonlyMap<string, Step>;
  /** Edges into each step; those that lead back from a failed review are not among them. */
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  /** For each review whose `fail` leads back: the steps that run again, the review itself included. */
  readonly repeats: ReadonlyMap<string, ReadonlySet<string>>;
}

export function compileGraph(graph: Graph): CompiledGraph {
  const steps = stepsByName(graph);
  const ahead = graph.edges.filter((edge) => !isReturn(edge, steps));
  const behind = ahead.map((edge) => ({ from: edge.to, to: edge.from }));
  const repeats = new Map<string, ReadonlySet<string>>();
  const returns = new Set<Edge>();
  for (const edge of graph.edges) {
    if (!isReturn(edge, steps)) continue;
    const before = reachableFrom(edge.from, behind);
    // A review may also fail forwards, to a step that does not lead to it: then nothing is repeated.
    if (!before.has(edge.to)) continue;
    returns.add(edge);
    const again = [...reachableFrom(edge.to, ahead)].filter((name) => before.has(name));
    repeats.set(edge.from, new Set([...(repeats.get(edge.from) ?? []), ...again]));
  }
  const incoming = new Map(graph.steps.map((step) => [step.name, [] as Edge[]]));
  for (const edge of graph.edges) if (!returns.has(edge)) incoming.get(edge.to)?.push(edge);
  return { steps, incoming, repeats };
}
