import { capabilityNames, type ImpactEffect, neededCapabilities, type StepModel, type StepOf } from '@pipelines/contracts';
import type { ChangedModel } from './changed-model.ts';

export interface StepJudgement {
  readonly effect: ImpactEffect;
  /** One sentence each. */
  readonly reasons: readonly string[];
}

/** What a change of a model does to a step that names it as its model or as its fallback. Null: nothing. */
export function judgeStep(
  step: StepOf<'llm'>,
  { slug, before, after, ending, moves }: ChangedModel,
  fallback: StepModel | undefined,
): StepJudgement | null {
  const { config } = step;
  const lost = neededCapabilities(config).filter((capability) => before.capabilities[capability] && !after.capabilities[capability]);
  const failure =
    ending ?? (lost.length > 0 ? `${before.display_name} is not offered for ${names(lost)} any more, which the step needs.` : null);
  if (config.model !== slug) return failure === null ? null : { effect: 'changes', reasons: [failure, 'The step loses its fallback.'] };
  if (failure !== null) {
    return canAnswer(step, fallback)
      ? { effect: 'changes', reasons: [failure, `Its fallback ${fallback.display_name} answers instead.`] }
      : { effect: 'breaks', reasons: [failure] };
  }
  const differences = describeDifferences(step, before, after);
  if (moves.length > 0) return { effect: 'may_break', reasons: [...moves, ...differences] };
  return differences.length > 0 ? { effect: 'changes', reasons: differences } : null;
}

function canAnswer({ config }: StepOf<'llm'>, fallback: StepModel | undefined): fallback is StepModel {
  if (fallback === undefined || !fallback.active || fallback.slug === config.model) return false;
  return neededCapabilities(config).every((capability) => fallback.capabilities[capability]);
}

/** What the step asks for and would be sent no more, or otherwise. */
function describeDifferences({ config }: StepOf<'llm'>, before: StepModel, after: StepModel): string[] {
  const { reasoning, tools, max_tokens } = config;
  const differences: string[] = [];
  if (tools.length > 0 && before.capabilities.tool_use && !after.capabilities.tool_use)
    differences.push('Its tools are not sent any more.');
  const asked =
    before.reasoning_parameter === null ? null : { effort: reasoning.effort, max_tokens: reasoning.max_tokens }[before.reasoning_parameter];
  if (asked !== null && after.reasoning_parameter !== before.reasoning_parameter)
    differences.push('The reasoning that it sets is not asked for any more.');
  const asks = max_tokens ?? Number.POSITIVE_INFINITY;
  const [limitBefore, limitAfter] = [before, after].map((model) => Math.min(asks, model.max_tokens ?? Number.POSITIVE_INFINITY)) as [
    number,
    number,
  ];
  if (limitAfter < limitBefore) differences.push(`Its answers end after ${limitAfter.toLocaleString('en')} tokens.`);
  return differences;
}

function names(capabilities: readonly (keyof typeof capabilityNames)[]): string {
  return capabilities.map((capability) => capabilityNames[capability]).join(' and ');
}
