import { describe, expect, it } from 'vitest';
import { checkGraph } from './check-graph.ts';
import type { Graph, LlmConfig, Step } from './graph.ts';
import type { StepModel } from './step-model.ts';

const position = { x: 0, y: 0 };
const llm: LlmConfig = {
  model: 'tiny-chat',
  fallback_model: null,
  system_prompt: '',
  user_prompt: 'Classify {{input.ticket}}',
  temperature: null,
  max_tokens: null,
  tools: [],
  max_tool_rounds: 5,
  reasoning: { effort: null, max_tokens: null },
  output: { type: 'text' },
  images: [],
  retries: 2,
  timeout_seconds: 60,
};
const start: Step = {
  kind: 'start',
  name: 'start',
  title: 'Start',
  position,
  config: { fields: [{ name: 'ticket', type: 'text', required: true, description: '' }] },
};
const classify: Step = { kind: 'llm', name: 'classify', title: 'Classify', position, config: llm };
const review: Step = {
  kind: 'review',
  name: 'review',
  title: 'Review',
  position,
  config: { instructions: '', subject: '{{steps.classify.output}}', max_rereviews: 2, when_exhausted: 'quarantine' },
};
const end: Step = {
  kind: 'end',
  name: 'end',
  title: 'End',
  position,
  config: { mapping: [{ name: 'answer', value: '{{steps.classify.output}}' }] },
};
const graph: Graph = {
  steps: [start, classify, review, end],
  edges: [
    { from: 'start', port: 'next', to: 'classify' },
    { from: 'classify', port: 'next', to: 'review' },
    { from: 'review', port: 'pass', to: 'end' },
    { from: 'review', port: 'fail', to: 'classify' },
  ],
};
const model: StepModel = {
  slug: 'tiny-chat',
  display_name: 'Tiny Chat',
  active: true,
  capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: false },
  reasoning_parameter: null,
  max_tokens: 128,
};
const models = new Map([[model.slug, model]]);
const messages = (broken: Graph, known = models) =>
  checkGraph(broken, known).map((problem) => `${problem.step ?? '-'}: ${problem.message}`);
const without = (name: string): Graph => ({
  steps: graph.steps.filter((step) => step.name !== name),
  edges: graph.edges.filter((edge) => edge.from !== name && edge.to !== name),
});
const withLlm = (change: Partial<LlmConfig>): Graph => ({
  ...graph,
  steps: graph.steps.map((step) => (step.name === 'classify' ? { ...classify, config: { ...llm, ...change } } : step)) as Step[],
});

describe('checkGraph', () => {
  it('finds nothing in a complete graph, with its review that leads back', () => {
    expect(messages(graph)).toEqual([]);
  });

  it.each<[string, Graph, string]>([
    ['no start', without('start'), '-: The workflow needs a start step.'],
    ['no end', without('end'), '-: The workflow needs an end step.'],
    ['two starts', { ...graph, steps: [...graph.steps, { ...start, name: 'second' }] }, 'second: There is only one start step.'],
    ['a name twice', { ...graph, steps: [...graph.steps, classify] }, 'classify: Two steps are called "classify".'],
    ['a loose end', { ...graph, edges: graph.edges.slice(0, 3) }, 'review: Its way out "fail" leads nowhere.'],
    [
      'an unknown port',
      { ...graph, edges: [...graph.edges, { from: 'classify', port: 'maybe', to: 'end' }] },
      'classify: It has no way out called "maybe".',
    ],
    [
      'an edge to nothing',
      { ...graph, edges: [...graph.edges, { from: 'classify', port: 'next', to: 'gone' }] },
      '-: A connection leads from or to a step that does not exist (classify → gone).',
    ],
    ['a step off the way', { ...graph, steps: [...graph.steps, { ...classify, name: 'lost' }] }, 'lost: No way leads here from the start.'],
    [
      'a cycle that is no return',
      { ...graph, edges: [...graph.edges, { from: 'classify', port: 'next', to: 'classify' }] },
      '-: classify goes round. Only a failed review leads back.',
    ],
    ['an unknown variable', withLlm({ user_prompt: '{{input.tikcet}}' }), 'classify: {{input.tikcet}} is not known here.'],
    ['a step that comes later', withLlm({ user_prompt: '{{steps.end.output}}' }), 'classify: {{steps.end.output}} is not known here.'],
    ['no model', withLlm({ model: null }), 'classify: Choose a model.'],
    ['a model that is not there', withLlm({ model: 'gone' }), 'classify: There is no model "gone".'],
    [
      'JSON from a model without JSON mode',
      withLlm({ output: { type: 'json_schema', schema: {} } }),
      'classify: Tiny Chat does not have JSON mode, which this step needs.',
    ],
    ['too many tokens', withLlm({ max_tokens: 4096 }), 'classify: Tiny Chat answers at most 128 tokens.'],
    ['an image that is no field', withLlm({ images: ['photo'] }), 'classify: The input has no image field "photo".'],
  ])('finds %s', (_what, broken, message) => {
    expect(messages(broken)).toContain(message);
  });

  it('finds a deactivated model', () => {
    expect(messages(graph, new Map([[model.slug, { ...model, active: false }]]))).toEqual(['classify: Tiny Chat has been deactivated.']);
  });

  it('finds a thinking budget that leaves nothing to say', () => {
    const thinker = new Map([
      [model.slug, { ...model, capabilities: { ...model.capabilities, reasoning: true }, reasoning_parameter: 'max_tokens' as const }],
    ]);
    const withBudget = (budget: number) => withLlm({ reasoning: { effort: null, max_tokens: budget } });
    expect(messages(withBudget(128), thinker)).toEqual(['classify: The thinking budget must be less than the 128 tokens of the answer.']);
    expect(messages(withBudget(127), thinker)).toEqual([]);
  });

  it('leaves kept tools and reasoning alone on a model without them: they are not sent', () => {
    expect(messages(withLlm({ tools: [{ endpoint_id: 'e', tools: null }], reasoning: { effort: 'high', max_tokens: null } }))).toEqual([]);
  });
});
