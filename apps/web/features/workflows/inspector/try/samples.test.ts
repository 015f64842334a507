import type { Graph, InputField, Step, StepOf } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { firstSamples, neededSamples, readSamples, samplesOf } from './samples.ts';

const field = (name: string, type: InputField['type']): InputField => ({ name, type, required: true, description: '' });
const start = {
  kind: 'start',
  name: 'start',
  config: { fields: [field('ticket', 'text'), field('count', 'number'), field('photo', 'image')] },
};
const ask = {
  kind: 'llm',
  name: 'ask',
  config: { system_prompt: 'Be {{steps.tone.output.kind}}', user_prompt: '{{input.ticket}} {{input.gone}}', images: ['photo'] },
} as unknown as StepOf<'llm'>;
const graph = { steps: [start as unknown as Step, ask], edges: [] } as Graph;

it('asks for what the step speaks of, and for nothing else', () => {
  const needed = neededSamples(ask, graph);
  expect(needed.fields.map(({ name, required }) => [name, required])).toEqual([
    ['ticket', false],
    ['photo', false],
  ]);
  expect(needed.steps).toEqual(['tone']);
});

it('gives samples their types', () => {
  const needed = { fields: [field('count', 'number')], steps: ['tone', 'text'] };
  expect(readSamples(needed, { inputs: { count: '2' }, outputs: { tone: '{"kind":"kind"}', text: 'plain' } })).toEqual({
    input: { count: 2 },
    errors: {},
    steps: { tone: { output: { kind: 'kind' } }, text: { output: 'plain' } },
  });
  expect(readSamples(needed, { inputs: { count: 'x' }, outputs: {} }).errors).toEqual({ count: 'A number' });
});

it('takes what the last task had', () => {
  const run = (step: string, output: unknown, superseded = false) => ({ step, output, superseded, state: 'finished' });
  const steps = [run('tone', { kind: 'old' }, true), run('tone', { kind: 'new' }), { ...run('ask', null), state: 'failed' }];
  expect(samplesOf({ input: { count: 2, ticket: 'Hi' }, steps: steps as never })).toEqual({
    inputs: { count: '2', ticket: 'Hi' },
    outputs: { tone: '{\n  "kind": "new"\n}' },
  });
  expect(firstSamples([field('count', 'number')]).inputs).toEqual({ count: '1' });
});
