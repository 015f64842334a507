import type { Graph } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { planDraft } from './plan-draft.ts';

const graphWith = (...steps: readonly (readonly [name: string, model: string])[]): Graph =>
  ({ steps: steps.map(([name, model]) => ({ kind: 'llm', name, config: { model } })), edges: [] }) as unknown as Graph;

it('puts the models into the draft as it is now', () => {
  const draft = graphWith(['classify', 'old'], ['added', 'mine']);
  const plan = planDraft(draft, graphWith(['classify', 'old']), { version: 1, replacements: [{ step: 'classify', model: 'new' }] });
  expect(plan).toEqual({
    draft: graphWith(['classify', 'new'], ['added', 'mine']),
    words: 'The step "classify" gets the model new.',
    problem: null,
  });
});

it('brings a version back that was compared as it is', () => {
  const version = graphWith(['classify', 'old']);
  expect(planDraft(graphWith(['other', 'x']), version, { version: 2, replacements: [] })).toMatchObject({ draft: version, problem: null });
});

it('says so when the draft has lost the step', () => {
  const plan = planDraft(graphWith(['other', 'x']), graphWith(['classify', 'old']), {
    version: 1,
    replacements: [{ step: 'classify', model: 'new' }],
  });
  expect(plan).toMatchObject({ draft: null, problem: expect.stringContaining('"classify"') });
});
