import { type Graph, type Replacement, replaceModels, type Step } from '@pipelines/contracts';

/**
 * The graph that a candidate runs: the version's own, with other models, and with reviews that pass by themselves,
 * since nobody can be asked for every row of every candidate. The published version stays as it is.
 */
export function deriveGraph(graph: Graph, replacements: readonly Replacement[]): Graph {
  const replaced = replaceModels(graph, replacements);
  const reviews = new Set(replaced.steps.filter((step) => step.kind === 'review').map((step) => step.name));
  return {
    steps: replaced.steps.map((step) => (step.kind === 'review' ? passing(step) : step)),
    edges: replaced.edges
      .filter((edge) => !(reviews.has(edge.from) && edge.port === 'fail'))
      .map((edge) => (reviews.has(edge.from) ? { ...edge, port: 'next' } : edge)),
  };
}

/** Says what a passed review says. */
function passing({ name, title, position }: Step): Step {
  return { kind: 'transform', name, title, position, config: { mapping: [{ name: 'verdict', value: 'pass' }] } };
}
