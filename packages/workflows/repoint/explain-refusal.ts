import { checkStepModel, type Graph, type StepModel } from '@pipelines/contracts';
import { llmStepsOf, type ModelPlace } from './point-steps.ts';

export interface RefusedStep {
  readonly step: string;
  readonly message: string;
}

/**
 * Why a model cannot take over these places: it lacks what a step needs, or something that the step gets from its
 * model of today. Empty: it can.
 */
export function explainRefusal(graph: Graph, places: readonly ModelPlace[], from: StepModel | undefined, to: StepModel): RefusedStep[] {
  return llmStepsOf(graph).flatMap((step) => {
    const own = places.filter((place) => place.step === step.name);
    if (own.length === 0) return [];
    const { tools, reasoning } = step.config;
    const messages = own.flatMap(({ field }) => checkStepModel(field, to.slug, to, step.config).map(([, message]) => message));
    if (tools.length > 0 && has(from, 'tool_use') && !to.capabilities.tool_use)
      messages.push(`${to.display_name} does not have Tool use, and this step has tools.`);
    if (reasoning.effort !== null && takes(from, 'effort') && to.reasoning_parameter !== 'effort')
      messages.push(`${to.display_name} takes no reasoning effort, which this step sets.`);
    if (reasoning.max_tokens !== null && takes(from, 'max_tokens') && to.reasoning_parameter !== 'max_tokens')
      messages.push(`${to.display_name} takes no reasoning budget, which this step sets.`);
    return [...new Set(messages)].map((message) => ({ step: step.name, message }));
  });
}

/** Of a model that is gone nobody knows, so it counts as having had it. */
function has(model: StepModel | undefined, capability: 'tool_use'): boolean {
  return model?.capabilities[capability] ?? true;
}

function takes(model: StepModel | undefined, parameter: 'effort' | 'max_tokens'): boolean {
  return model === undefined || model.reasoning_parameter === parameter;
}
