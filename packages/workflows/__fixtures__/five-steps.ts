import type { Graph } from '@pipelines/contracts';
import { graphOf, stepOf } from './build-graph.ts';

/** start → classify → gate → reply (urgent ones only) → shape → end: five steps besides the start, two of them calls. */
export function fiveSteps(slug: string): Graph {
  return graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'classify', { model: slug, user_prompt: 'Classify {{input.text}}', retries: 2 }),
      stepOf('gate', 'gate', {
        routes: [
          {
            name: 'urgent',
            match: 'all',
            conditions: [{ value: '{{input.text}}', json_path: '', operator: 'matches', operand: '[02468]$' }],
          },
        ],
      }),
      stepOf('llm', 'reply', { model: slug, user_prompt: 'Reply to {{steps.classify.output}}', retries: 2 }),
      stepOf('transform', 'shape', { mapping: [{ name: 'reply', value: '{{steps.reply.output}}' }] }),
      stepOf('end', 'end', { mapping: [{ name: 'answer', value: '{{steps.shape.output.reply}}' }] }),
    ],
    'start > classify > gate:urgent > reply > shape > end',
    'gate:default > shape',
  );
}
