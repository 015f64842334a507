import type { Graph } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';

const position = { x: 0, y: 0 };

/** Start and end, connected. */
export function emptyGraph(): Graph {
  return layOutGraph({
    steps: [
      {
        kind: 'start',
        name: 'start',
        title: 'Start',
        position,
        config: { fields: [{ name: 'text', type: 'text', required: true, description: '' }] },
      },
      { kind: 'end', name: 'end', title: 'End', position, config: { mapping: [{ name: 'text', value: '{{input.text}}' }] } },
    ],
    edges: [{ from: 'start', port: 'next', to: 'end' }],
  });
}
