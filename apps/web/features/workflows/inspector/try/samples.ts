import { type Graph, type InputField, type StepOf, type TaskDetail, textOf, variablesOf } from '@pipelines/contracts';
import { type FormTexts, readForm } from '../../tasks/read-tasks.ts';

/** Samples as typed: of input fields, and of the outputs of earlier steps. */
export interface Samples {
  readonly inputs: FormTexts;
  readonly outputs: FormTexts;
}

export const noSamples: Samples = { inputs: {}, outputs: {} };

/** What the prompts and images of a step speak of. */
export interface Needed {
  readonly fields: readonly InputField[];
  readonly steps: readonly string[];
}

export function neededSamples({ config }: StepOf<'llm'>, graph: Graph): Needed {
  const start = graph.steps.find((step) => step.kind === 'start');
  const fields = start?.kind === 'start' ? start.config.fields : [];
  const paths = [...variablesOf(config.system_prompt), ...variablesOf(config.user_prompt)].map((variable) => variable.split('.'));
  const inputs = new Set([...config.images, ...paths.flatMap(([kind, name]) => (kind === 'input' && name !== undefined ? [name] : []))]);
  const steps = new Set(paths.flatMap(([kind, name]) => (kind === 'steps' && name !== undefined ? [name] : [])));
  return { fields: fields.filter((field) => inputs.has(field.name)).map((field) => ({ ...field, required: false })), steps: [...steps] };
}

/** What a task had, as samples. */
export function samplesOf({ input, steps }: Pick<TaskDetail, 'input' | 'steps'>): Samples {
  const outputs = steps.flatMap((run) => (run.state === 'finished' && !run.superseded ? [[run.step, print(run.output)] as const] : []));
  return {
    inputs: Object.fromEntries(Object.entries(input).map(([name, value]) => [name, print(value)])),
    outputs: Object.fromEntries(outputs),
  };
}

/** Something of each field's type, until there is a task. */
export function firstSamples(fields: readonly InputField[]): Samples {
  const texts: Record<InputField['type'], string> = { text: 'A sample', number: '1', boolean: 'true', json: '{}', image: '' };
  return { inputs: Object.fromEntries(fields.map((field) => [field.name, texts[field.type]])), outputs: {} };
}

export interface ReadSamples {
  readonly input: Record<string, unknown>;
  readonly steps: Record<string, { output: unknown }>;
  readonly errors: Readonly<Record<string, string>>;
}

/** The samples in the types of what they stand for. An output that is a JSON object or list is read as one. */
export function readSamples({ fields, steps }: Needed, samples: Samples): ReadSamples {
  const { input, errors } = readForm(fields, samples.inputs);
  return { input, errors, steps: Object.fromEntries(steps.map((name) => [name, { output: readOutput(samples.outputs[name] ?? '') }])) };
}

function readOutput(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const print = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : textOf(value));
