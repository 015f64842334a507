import { availableVariables, type Graph, type InputField, type Step } from '@pipelines/contracts';
import { stepKindNames } from '../graph/new-step.ts';

/** A variable that a template may use, and what it is. */
export interface OfferedVariable {
  /** `input.ticket`, `steps.classify.output` */
  readonly variable: string;
  readonly detail: string;
}

const typeNames: Record<InputField['type'], string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  json: 'JSON',
  image: 'Image',
};

/** The variables of a step with what they hold: an input field's type and description, the step that an output comes from. */
export function offerVariables(step: Step, graph: Graph): readonly OfferedVariable[] {
  return availableVariables(step, graph).map((variable) => ({ variable, detail: describe(variable, graph) }));
}

function describe(variable: string, graph: Graph): string {
  const [kind, name, , ...key] = variable.split('.');
  if (kind === 'input') return describeInput(name, graph);
  const from = graph.steps.find((step) => step.name === name);
  if (from === undefined) return '';
  const type = key.length > 0 ? typeOfKey(from, key.join('.')) : null;
  return [type, key.length > 0 ? from.title : `${stepKindNames[from.kind]}: ${from.title}`].filter(Boolean).join(' · ');
}

function describeInput(name: string | undefined, graph: Graph): string {
  const start = graph.steps.find((step) => step.kind === 'start');
  const field = start?.kind === 'start' ? start.config.fields.find((each) => each.name === name) : undefined;
  return field === undefined ? '' : [typeNames[field.type], field.description].filter(Boolean).join(' · ');
}

/** As the JSON schema of an answer names it. */
function typeOfKey(step: Step, key: string): string | null {
  if (step.kind !== 'llm' || step.config.output.type !== 'json_schema') return null;
  const { properties } = step.config.output.schema;
  const property: unknown =
    typeof properties === 'object' && properties !== null ? Object.entries(properties).find(([name]) => name === key)?.[1] : null;
  if (typeof property !== 'object' || property === null || !('type' in property)) return null;
  return typeof property.type === 'string' ? property.type : null;
}
