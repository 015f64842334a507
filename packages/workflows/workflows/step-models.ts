import type { Graph, StepModel } from '@pipelines/contracts';
import type { WorkflowsContext } from '../workflows-context.ts';

/** Every slug that a graph speaks of, with the step that does. A step may name a fallback besides its model. */
export function modelReferences(graph: Graph): readonly { readonly step: string; readonly slug: string }[] {
  return graph.steps.flatMap((step) => {
    if (step.kind !== 'llm') return [];
    const slugs = [step.config.model, step.config.fallback_model].filter((slug) => slug !== null);
    return [...new Set(slugs)].map((slug) => ({ step: step.name, slug }));
  });
}

/** The models of a graph as they are at this moment, deactivated ones included; those that do not exist are missing. */
export function readStepModels(
  { registry }: Pick<WorkflowsContext, 'registry'>,
  organizationId: string,
  graph: Graph,
): ReadonlyMap<string, StepModel> {
  const models = new Map<string, StepModel>();
  for (const { slug } of modelReferences(graph)) {
    const model = readStepModel({ registry }, organizationId, slug);
    if (model) models.set(slug, model);
  }
  return models;
}

/** One model as a step knows it, at this moment. */
export function readStepModel(
  { registry }: Pick<WorkflowsContext, 'registry'>,
  organizationId: string,
  slug: string,
): StepModel | undefined {
  const model = registry.resolve(organizationId, slug);
  if (!model) return undefined;
  const { capabilities, reasoning_parameter, max_tokens, task } = model.listing;
  return { slug, display_name: model.displayName, active: model.active, task, capabilities, reasoning_parameter, max_tokens };
}
