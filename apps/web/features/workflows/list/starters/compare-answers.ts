import type { Graph, StepOf } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';
import { newLlmConfig } from '../../graph/new-step.ts';

const position = { x: 0, y: 0 };

/** Two models answer side by side, a third call chooses: branches that run at once and join. */
export function compareGraph(model: string | null): Graph {
  return layOutGraph({
    steps: [
      {
        kind: 'start',
        name: 'start',
        title: 'Question',
        position,
        config: { fields: [{ name: 'question', type: 'text', required: true, description: '' }] },
      },
      answer('answer_a', 'Answer A', model),
      answer('answer_b', 'Answer B', model),
      {
        kind: 'llm',
        name: 'choose',
        title: 'Choose the better one',
        position,
        config: {
          ...newLlmConfig(model),
          system_prompt: 'You judge answers by whether they are right, then by whether they are short. Give the better one word by word.',
          user_prompt: 'Question: {{input.question}}\n\nAnswer A:\n{{steps.answer_a.output}}\n\nAnswer B:\n{{steps.answer_b.output}}',
          temperature: 0,
        },
      },
      {
        kind: 'end',
        name: 'end',
        title: 'Done',
        position,
        config: {
          mapping: [
            { name: 'answer', value: '{{steps.choose.output}}' },
            { name: 'answer_a', value: '{{steps.answer_a.output}}' },
            { name: 'answer_b', value: '{{steps.answer_b.output}}' },
          ],
        },
      },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'answer_a' },
      { from: 'start', port: 'next', to: 'answer_b' },
      { from: 'answer_a', port: 'next', to: 'choose' },
      { from: 'answer_b', port: 'next', to: 'choose' },
      { from: 'choose', port: 'next', to: 'end' },
    ],
  });
}

function answer(name: string, title: string, model: string | null): StepOf<'llm'> {
  return {
    kind: 'llm',
    name,
    title,
    position,
    config: { ...newLlmConfig(model), system_prompt: 'Answer in at most three sentences.', user_prompt: '{{input.question}}' },
  };
}
