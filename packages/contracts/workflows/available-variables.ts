import type { Graph, Step, StepOf } from './graph.ts';
import { reachableFrom, returnsOf, stepsBefore } from './graph-paths.ts';

interface Output {
  /** `steps.classify.output` */
  readonly variable: string;
  /** What stands inside of it: keys of a JSON schema, of a mapping. */
  readonly keys: readonly string[];
  /** There are no other keys than these. */
  readonly isClosed: boolean;
}

/** The variables that a step's templates may use: input fields, outputs of steps before it and what stands in them, and the reviews that lead back to it. */
export function availableVariables(step: Step, graph: Graph): readonly string[] {
  const outputs = outputsFor(step, graph).flatMap(({ variable, keys }) => [variable, ...keys.map((key) => `${variable}.${key}`)]);
  return [...inputsOf(graph), ...outputs];
}

/** Whether a template of the step may speak of a variable, or of something inside of one. */
export function createVariableCheck(step: Step, graph: Graph): (variable: string) => boolean {
  const inputs = inputsOf(graph);
  const outputs = outputsFor(step, graph);
  return (variable) =>
    inputs.some((each) => isIn(variable, each)) ||
    outputs.some(
      (output) =>
        isIn(variable, output.variable) &&
        (variable === output.variable || !output.isClosed || output.keys.some((key) => isIn(variable, `${output.variable}.${key}`))),
    );
}

function isIn(variable: string, whole: string): boolean {
  return variable === whole || variable.startsWith(`${whole}.`);
}

function inputsOf(graph: Graph): readonly string[] {
  const start = graph.steps.find((each) => each.kind === 'start');
  return start?.kind === 'start' ? start.config.fields.map((field) => `input.${field.name}`) : [];
}

function outputsFor(step: Step, graph: Graph): readonly Output[] {
  const before = stepsBefore(step.name, graph);
  const back = reviewsThatLeadBack(step, graph, before);
  return graph.steps.filter((each) => before.has(each.name) || back.has(each.name)).flatMap(outputOf);
}

/** Reviews that come after the step and whose failure leads back over it. Their comment is there when it runs again, and nothing before. */
function reviewsThatLeadBack(step: Step, graph: Graph, before: ReadonlySet<string>): ReadonlySet<string> {
  const returns = returnsOf(graph);
  const onward = graph.edges.filter((edge) => !returns.has(edge));
  const after = reachableFrom(step.name, onward);
  const later = [...returns].filter((edge) => after.has(edge.from) && edge.from !== step.name);
  return new Set(later.filter((edge) => edge.to === step.name || before.has(edge.to)).map((edge) => edge.from));
}

function outputOf(step: Step): readonly Output[] {
  const variable = `steps.${step.name}.output`;
  switch (step.kind) {
    case 'start':
    case 'gate':
    case 'end':
      return [];
    case 'llm':
      return [{ variable, ...keysOfAnswer(step) }];
    case 'review':
      return [{ variable, keys: ['verdict', 'comment', 'reviewed_by'], isClosed: true }];
    case 'http':
      return [{ variable, keys: ['status', 'body'], isClosed: true }];
    case 'transform':
      return [{ variable, keys: step.config.mapping.map((entry) => entry.name), isClosed: true }];
  }
}

function keysOfAnswer({ config }: StepOf<'llm'>): Pick<Output, 'keys' | 'isClosed'> {
  if (config.output.type === 'text') return { keys: [], isClosed: false };
  const { properties, additionalProperties } = config.output.schema;
  if (typeof properties !== 'object' || properties === null) return { keys: [], isClosed: false };
  // A template names keys of letters, digits, _ and - only.
  const keys = Object.keys(properties).filter((key) => /^[\w-]+$/.test(key));
  return { keys, isClosed: additionalProperties === false };
}
