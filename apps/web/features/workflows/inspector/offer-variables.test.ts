import type { Graph, Step } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { newStep } from '../graph/new-step.ts';
import { offerVariables } from './offer-variables.ts';

const empty: Graph = { steps: [], edges: [] };
const named = (kind: Step['kind'], name: string, title: string, config: object) =>
  ({ ...newStep(kind, empty, null), name, title, config: { ...newStep(kind, empty, null).config, ...config } }) as Step;

it('says what each variable holds', () => {
  const schema = { type: 'object', properties: { label: { type: 'string' }, any: {} } };
  const fields = [
    { name: 'ticket', type: 'text', required: true, description: 'What the customer wrote' },
    { name: 'photo', type: 'image', required: false, description: '' },
  ];
  const steps = [
    named('start', 'start', 'Start', { fields }),
    named('llm', 'classify', 'Classify', { output: { type: 'json_schema', schema } }),
    named('http', 'look', 'Look up', {}),
    named('end', 'end', 'End', {}),
  ];
  const edges = [
    { from: 'start', port: 'next', to: 'classify' },
    { from: 'classify', port: 'next', to: 'look' },
    { from: 'look', port: 'next', to: 'end' },
  ];
  const offered = offerVariables(steps.at(-1) as Step, { steps, edges });
  expect(offered.map(({ variable, detail }) => `${variable}: ${detail}`)).toEqual([
    'input.ticket: Text · What the customer wrote',
    'input.photo: Image',
    'steps.classify.output: LLM: Classify',
    'steps.classify.output.label: string · Classify',
    'steps.classify.output.any: Classify',
    'steps.look.output: HTTP request: Look up',
    'steps.look.output.status: Look up',
    'steps.look.output.body: Look up',
  ]);
});
