import type { Graph, Step } from '@pipelines/contracts';

/** What somebody types in a field and is no value yet. */
export interface FieldText {
  /** Its place in the step's configuration, as problems name it; `name`: the step's own. */
  readonly field: string;
  readonly text: string;
  /** What is wrong with it, in one sentence that names the field. */
  readonly fault: string;
}

/** The same in a step of a draft, which has the last whole value until it is one. */
export interface UnfinishedText extends FieldText {
  /** Name of the step. */
  readonly step: string;
  /** The value that the draft has instead, as JSON. Another one there is a change from outside, and counts more. */
  readonly instead: string;
}

/** By step and field. */
export type UnfinishedTexts = ReadonlyMap<string, UnfinishedText>;

export const noTexts: UnfinishedTexts = new Map();

const keyOf = ({ step, field }: Pick<UnfinishedText, 'step' | 'field'>) => `${step} ${field}`;

export function keepText(texts: UnfinishedTexts, graph: Graph, text: Omit<UnfinishedText, 'instead'>): UnfinishedTexts {
  return new Map(texts).set(keyOf(text), { ...text, instead: readAt(graph, text) });
}

export function dropText(texts: UnfinishedTexts, place: Pick<UnfinishedText, 'step' | 'field'>): UnfinishedTexts {
  return new Map([...texts].filter(([key]) => key !== keyOf(place)));
}

/** A step has another name now: what is typed in its fields goes along. */
export function followRename(texts: UnfinishedTexts, from: string, to: string): UnfinishedTexts {
  const moved = [...texts.values()].flatMap((text) => (text.step === from && text.field !== 'name' ? [{ ...text, step: to }] : []));
  return new Map([...texts, ...moved.map((text) => [keyOf(text), text] as const)]);
}

/** Those that still stand for what the draft has. The others stay kept: undo may bring back what they stand for. */
export function standingTexts(texts: UnfinishedTexts, graph: Graph): readonly UnfinishedText[] {
  return [...texts.values()].filter((text) => readAt(graph, text) === text.instead);
}

/** As JSON; without the step, and where it has no such field, a text that is none. */
function readAt({ steps }: Graph, { step: name, field }: Pick<UnfinishedText, 'step' | 'field'>): string {
  const step = steps.find((each) => each.name === name);
  if (!step) return 'no step';
  return JSON.stringify(field === 'name' ? step.name : readIn(step.config, field)) ?? 'no value';
}

function readIn(config: Step['config'], field: string): unknown {
  let value: unknown = config;
  for (const part of field.split('.')) value = Object(value)[part];
  return value;
}
