import { findMisplaced, graphSchema } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { deriveGraph } from './derive-graph.ts';

const graph = graphOf(
  [
    stepOf('start', 'start'),
    stepOf('llm', 'draft', { model: 'old', fallback_model: 'spare' }),
    stepOf('review', 'check'),
    stepOf('llm', 'polish', { model: 'old' }),
    stepOf('end', 'end', { mapping: [{ name: 'verdict', value: '{{steps.check.output.verdict}}' }] }),
  ],
  'start > draft > check:pass > polish > end',
  'check:fail > draft',
);
const modelsOf = (derived: typeof graph) => derived.steps.flatMap((step) => (step.kind === 'llm' ? [step.config.model] : []));

it('replaces the model of one step or of all, and leaves the version as it was', () => {
  const before = structuredClone(graph);
  expect(modelsOf(deriveGraph(graph, [{ step: 'polish', model: 'new' }]))).toEqual(['old', 'new']);
  expect(modelsOf(deriveGraph(graph, [{ step: null, model: 'new' }]))).toEqual(['new', 'new']);
  expect(
    modelsOf(
      deriveGraph(graph, [
        { step: null, model: 'new' },
        { step: 'draft', model: 'other' },
      ]),
    ),
  ).toEqual(['other', 'new']);
  expect(graph).toEqual(before);
});

it('lets reviews pass by themselves', () => {
  const derived = graphSchema.parse(deriveGraph(graph, []));
  expect(derived.steps.find((step) => step.name === 'check')).toMatchObject({
    kind: 'transform',
    config: { mapping: [{ name: 'verdict', value: 'pass' }] },
  });
  expect(derived.edges).toEqual([
    { from: 'start', port: 'next', to: 'draft' },
    { from: 'draft', port: 'next', to: 'check' },
    { from: 'check', port: 'next', to: 'polish' },
    { from: 'polish', port: 'next', to: 'end' },
  ]);
});

it('finds replacements of what is no LLM step', () => {
  expect(findMisplaced(graph, [{ step: 'check', model: 'new' }])).toHaveLength(1);
  expect(findMisplaced(graph, [{ step: 'draft', model: 'new' }])).toHaveLength(0);
  expect(findMisplaced(graphOf([stepOf('start', 'start'), stepOf('end', 'end')]), [{ step: null, model: 'new' }])).toHaveLength(1);
});
