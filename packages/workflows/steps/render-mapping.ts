import { renderValue, type StepOf, type TemplateScope } from '@pipelines/contracts';

/** An object of names and templates, with the values put in. */
export function renderMapping(mapping: StepOf<'transform'>['config']['mapping'], scope: TemplateScope): Record<string, unknown> {
  return Object.fromEntries(mapping.map(({ name, value }) => [name, renderValue(value, scope)]));
}
