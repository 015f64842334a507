import { describe, expect, it } from 'vitest';
import { availableVariables, createVariableCheck } from './available-variables.ts';
import { type Graph, graphSchema } from './graph.ts';

const llm = {
  model: 'tiny-chat',
  fallback_model: null,
  system_prompt: '',
  temperature: null,
  max_tokens: null,
  tools: [],
  max_tool_rounds: 5,
  reasoning: { effort: null, max_tokens: null },
  images: [],
  retries: 2,
  timeout_seconds: 60,
  user_prompt: 'x',
};
const base = { position: { x: 0, y: 0 }, title: 'Step' };
const schema = { type: 'object', properties: { label: {}, 'with space': {} }, additionalProperties: false };
const field = { name: 'ticket', type: 'json', required: true, description: '' };
const request = { method: 'GET', url: 'https://a.example', headers: [], body: '', retries: 0, timeout_seconds: 30 };

/** start → classify (JSON) → fetch → record → reply → review → end; a failed review leads back to record. */
const graph: Graph = graphSchema.parse({
  steps: [
    { ...base, kind: 'start', name: 'start', config: { fields: [field] } },
    { ...base, kind: 'llm', name: 'classify', config: { ...llm, output: { type: 'json_schema', schema } } },
    { ...base, kind: 'http', name: 'fetch', config: request },
    { ...base, kind: 'transform', name: 'record', config: { mapping: [{ name: 'id', value: '1' }] } },
    { ...base, kind: 'llm', name: 'reply', config: { ...llm, output: { type: 'text' } } },
    {
      ...base,
      kind: 'review',
      name: 'review',
      config: { instructions: '', subject: '', max_rereviews: 1, when_exhausted: 'quarantine' },
    },
    { ...base, kind: 'end', name: 'end', config: { mapping: [] } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'classify' },
    { from: 'classify', port: 'next', to: 'fetch' },
    { from: 'fetch', port: 'next', to: 'record' },
    { from: 'record', port: 'next', to: 'reply' },
    { from: 'reply', port: 'next', to: 'review' },
    { from: 'review', port: 'pass', to: 'end' },
    { from: 'review', port: 'fail', to: 'record' },
  ],
});

function step(name: string) {
  const found = graph.steps.find((each) => each.name === name);
  if (!found) throw new Error(`no step ${name}`);
  return found;
}

describe('availableVariables', () => {
  it('are the input, and the outputs before with what stands in them', () => {
    expect(availableVariables(step('fetch'), graph)).toEqual(['input.ticket', 'steps.classify.output', 'steps.classify.output.label']);
  });

  it('are the review that leads back, for the steps that it repeats alone', () => {
    for (const repeated of ['record', 'reply']) expect(availableVariables(step(repeated), graph)).toContain('steps.review.output.comment');
    for (const other of ['fetch', 'review']) expect(availableVariables(step(other), graph)).not.toContain('steps.review.output');
    expect(availableVariables(step('end'), graph)).toContain('steps.review.output.verdict');
  });
});

describe('createVariableCheck', () => {
  const isKnown = createVariableCheck(step('review'), graph);

  it.each([
    'input.ticket',
    'input.ticket.id',
    'steps.classify.output',
    'steps.classify.output.label.text',
    'steps.fetch.output.body.items.0',
    'steps.record.output.id',
    'steps.reply.output.anything',
  ])('knows %s', (variable) => {
    expect(isKnown(variable)).toBe(true);
  });

  it.each([
    'input.tick',
    'input.tickets',
    'steps.classify',
    'steps.classify.output.lable',
    'steps.fetch.output.boddy',
    'steps.record.output.ids',
    'steps.end.output',
  ])('does not know %s', (variable) => {
    expect(isKnown(variable)).toBe(false);
  });
});
