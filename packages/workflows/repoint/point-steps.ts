import type { Graph, StepOf } from '@pipelines/contracts';

/** Where a step names a model. */
export interface ModelPlace {
  readonly step: string;
  readonly field: 'model' | 'fallback_model';
}

const fields = ['model', 'fallback_model'] as const;

/** Every place of a graph that names the model. */
export function placesOf(graph: Graph, slug: string): ModelPlace[] {
  return llmStepsOf(graph).flatMap((step) =>
    fields.filter((field) => step.config[field] === slug).map((field) => ({ step: step.name, field })),
  );
}

/** The graph with another model at these places. Everything else stays as it is. */
export function pointSteps(graph: Graph, places: readonly ModelPlace[], slug: string): Graph {
  return {
    ...graph,
    steps: graph.steps.map((step) => {
      const own = places.filter((place) => place.step === step.name);
      if (step.kind !== 'llm' || own.length === 0) return step;
      return { ...step, config: { ...step.config, ...Object.fromEntries(own.map(({ field }) => [field, slug])) } };
    }),
  };
}

export function llmStepsOf(graph: Graph): StepOf<'llm'>[] {
  return graph.steps.filter((step) => step.kind === 'llm');
}
