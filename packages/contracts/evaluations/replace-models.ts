import type { Graph } from '../workflows/graph.ts';
import type { Replacement } from './evaluations.ts';

/** The graph with other models in its LLM steps; their fallbacks stay. A later replacement of the same step counts. */
export function replaceModels(graph: Graph, replacements: readonly Replacement[]): Graph {
  return {
    ...graph,
    steps: graph.steps.map((step) => {
      if (step.kind !== 'llm') return step;
      const last = replacements.findLast((each) => each.step === null || each.step === step.name);
      return last === undefined ? step : { ...step, config: { ...step.config, model: last.model } };
    }),
  };
}

/** Replacements that name no LLM step of the graph. */
export function findMisplaced(graph: Graph, replacements: readonly Replacement[]): readonly Replacement[] {
  const names = graph.steps.filter((step) => step.kind === 'llm').map((step) => step.name);
  return replacements.filter(({ step }) => (step === null ? names.length === 0 : !names.includes(step)));
}
