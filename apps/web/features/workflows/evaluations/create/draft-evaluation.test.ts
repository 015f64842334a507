import { checkSchema, type Dataset, type Graph, type Model } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { checkKinds, labelCandidates, newCheck, offeredBy } from './draft-evaluation.ts';

const models = [
  { slug: 'a', display_name: 'Model A' },
  { slug: 'b', display_name: 'Model B' },
] as unknown as readonly Model[];
const graph = {
  steps: [{ kind: 'end', name: 'end', config: { mapping: [{ name: 'reply' }, { name: 'label' }] } }],
  edges: [],
} as unknown as Graph;
const dataset = { inputs: ['ticket'], expected: ['label'] } as unknown as Dataset;

it('labels candidates by what tells them apart', () => {
  const of = (version: number, model: string | null) => ({ version, step: null, model });
  const labels = (...candidates: ReturnType<typeof of>[]) => labelCandidates(candidates, models).map((each) => each.label);
  expect(labels(of(1, null), of(1, 'b'))).toEqual(['As published', 'Model B']);
  expect(labels(of(1, 'a'), of(2, 'a'))).toEqual(['Model A, version 1', 'Model A, version 2']);
  expect(labels(of(1, 'a'), of(1, 'a'))).toEqual(['Model A', 'Model A (2)']);
  expect(labelCandidates([{ version: 1, step: 'classify', model: 'b' }], models)[0]?.replacements).toEqual([
    { step: 'classify', model: 'b' },
  ]);
});

it('offers what the version gives and the dataset expects, and pairs what has the same name', () => {
  expect(offeredBy(graph, dataset)).toEqual({
    variables: ['output', 'output.reply', 'output.label', 'expected.label', 'input.ticket'],
    actual: '{{output.label}}',
    expected: '{{expected.label}}',
  });
  expect(offeredBy(undefined, undefined)).toMatchObject({ actual: '{{output}}', expected: '' });
});

it('begins checks that need no more than their own words', () => {
  const offered = offeredBy(graph, dataset);
  for (const { kind } of checkKinds) {
    const check = newCheck(kind, [], offered, 'wise');
    expect(checkSchema.safeParse(check.kind === 'judge' ? { ...check, rubric: 'Is it polite?' } : check).success, kind).toBe(true);
  }
  const first = newCheck('exact', [], offered, null);
  expect(newCheck('exact', [first], offered, null).name).toBe('exact_2');
});
