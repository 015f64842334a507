import type { Step, StepModel } from '@pipelines/contracts';

/** The second line of a step's card: its model, or what it does in a few words. */
export function stepSummary(step: Step, models: ReadonlyMap<string, Pick<StepModel, 'display_name'>>): string {
  switch (step.kind) {
    case 'start':
      return step.config.fields.length === 0 ? 'No input fields yet' : step.config.fields.map((field) => field.name).join(', ');
    case 'llm':
      return step.config.model === null ? 'No model chosen' : (models.get(step.config.model)?.display_name ?? step.config.model);
    case 'gate':
      return [...step.config.routes.map((route) => route.name), 'default'].join(' · ');
    case 'review':
      return 'A person passes or fails it';
    case 'http':
      return `${step.config.method} ${step.config.url || '…'}`;
    case 'transform':
      return step.config.mapping.map((entry) => entry.name).join(', ') || 'Nothing mapped yet';
    case 'end':
      return step.config.mapping.map((entry) => entry.name).join(', ') || 'No output yet';
  }
}
