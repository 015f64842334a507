import { parseTemplate, type Step } from '@pipelines/contracts';

/** The step with every template of its configuration passed through `change`. */
export function mapTemplates(step: Step, change: (template: string) => string): Step {
  switch (step.kind) {
    case 'start':
      return step;
    case 'llm':
      return {
        ...step,
        config: { ...step.config, system_prompt: change(step.config.system_prompt), user_prompt: change(step.config.user_prompt) },
      };
    case 'gate':
      return {
        ...step,
        config: {
          routes: step.config.routes.map((route) => ({
            ...route,
            conditions: route.conditions.map((each) => ({ ...each, value: change(each.value), operand: change(each.operand) })),
          })),
        },
      };
    case 'review':
      return { ...step, config: { ...step.config, instructions: change(step.config.instructions), subject: change(step.config.subject) } };
    case 'http':
      return {
        ...step,
        config: {
          ...step.config,
          url: change(step.config.url),
          body: change(step.config.body),
          headers: step.config.headers.map((header) => ({ ...header, value: change(header.value) })),
        },
      };
    case 'transform':
    case 'end': {
      const mapping = step.config.mapping.map((entry) => ({ ...entry, value: change(entry.value) }));
      return { ...step, config: { mapping } };
    }
  }
}

/** A template whose variables under `from` (`input.ticket`, `steps.classify`) speak of `to` instead. Other text stays as it is. */
export function renameVariable(template: string, from: string, to: string): string {
  return parseTemplate(template)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const path = part.path.join('.');
      if (path !== from && !path.startsWith(`${from}.`)) return part.source;
      return `{{${to}${path.slice(from.length)}}}`;
    })
    .join('');
}
