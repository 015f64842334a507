import type { Graph } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';
import { newLlmConfig } from '../../graph/new-step.ts';

const position = { x: 0, y: 0 };

/** Image → words: needs a model with Vision. */
export function imageGraph(model: string | null): Graph {
  return layOutGraph({
    steps: [
      {
        kind: 'start',
        name: 'start',
        title: 'Picture',
        position,
        config: {
          fields: [
            { name: 'image', type: 'image', required: true, description: 'Its address' },
            { name: 'about', type: 'text', required: false, description: 'Where it will stand' },
          ],
        },
      },
      {
        kind: 'llm',
        name: 'describe',
        title: 'Describe it',
        position,
        config: {
          ...newLlmConfig(model),
          system_prompt: 'You write alternative texts of pictures for people who cannot see them: one sentence, what matters first.',
          user_prompt: 'The picture stands in: {{input.about}}',
          images: ['image'],
        },
      },
      {
        kind: 'end',
        name: 'end',
        title: 'Done',
        position,
        config: { mapping: [{ name: 'alt_text', value: '{{steps.describe.output}}' }] },
      },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'describe' },
      { from: 'describe', port: 'next', to: 'end' },
    ],
  });
}
