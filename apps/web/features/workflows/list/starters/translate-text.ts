import type { Graph } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';
import { newLlmConfig } from '../../graph/new-step.ts';

const position = { x: 0, y: 0 };

/** Translate → check → gate → review: a second call marks the translation, and a person sees the poor ones. */
export function translateGraph(model: string | null): Graph {
  return layOutGraph({
    steps: [
      {
        kind: 'start',
        name: 'start',
        title: 'Text',
        position,
        config: {
          fields: [
            { name: 'text', type: 'text', required: true, description: '' },
            { name: 'language', type: 'text', required: true, description: 'To translate into, such as German' },
          ],
        },
      },
      {
        kind: 'llm',
        name: 'translate',
        title: 'Translate',
        position,
        config: {
          ...newLlmConfig(model),
          system_prompt: 'You translate. Give the translation alone, in the tone of the original.',
          user_prompt:
            'Into {{input.language}}:\n\n{{input.text}}\n\nA reviewer said of the last translation: {{steps.review.output.comment}}',
        },
      },
      {
        kind: 'llm',
        name: 'mark',
        title: 'Mark it from 1 to 5',
        position,
        config: {
          ...newLlmConfig(model),
          system_prompt: 'You mark translations from 1 (wrong) to 5 (as if written by a native). Answer with the digit alone.',
          user_prompt: 'Original:\n{{input.text}}\n\nIn {{input.language}}:\n{{steps.translate.output}}',
          temperature: 0,
          max_tokens: 16,
        },
      },
      {
        kind: 'gate',
        name: 'good',
        title: 'Is it good enough?',
        position,
        config: {
          routes: [
            {
              name: 'good',
              match: 'all',
              conditions: [{ value: '{{steps.mark.output}}', json_path: '', operator: 'greater', operand: '3' }],
            },
          ],
        },
      },
      {
        kind: 'review',
        name: 'review',
        title: 'Review the translation',
        position,
        config: {
          instructions: 'Marked {{steps.mark.output}} of 5. Fail it with a comment to have it translated again.\n\n{{input.text}}',
          subject: '{{steps.translate.output}}',
          max_rereviews: 2,
          when_exhausted: 'escalate',
        },
      },
      {
        kind: 'end',
        name: 'end',
        title: 'Done',
        position,
        config: {
          mapping: [
            { name: 'translation', value: '{{steps.translate.output}}' },
            { name: 'mark', value: '{{steps.mark.output}}' },
          ],
        },
      },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'translate' },
      { from: 'translate', port: 'next', to: 'mark' },
      { from: 'mark', port: 'next', to: 'good' },
      { from: 'good', port: 'good', to: 'end' },
      { from: 'good', port: 'default', to: 'review' },
      { from: 'review', port: 'pass', to: 'end' },
      { from: 'review', port: 'fail', to: 'translate' },
    ],
  });
}
