import type { Graph, Step } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';
import { newLlmConfig } from '../../graph/new-step.ts';

const position = { x: 0, y: 0 };

/** Classify → gate → reply → review: a ticket is sorted, urgent ones get a reply that a person looks at. */
export function ticketGraph(model: string | null): Graph {
  const steps: Step[] = [
    {
      kind: 'start',
      name: 'start',
      title: 'Support ticket',
      position,
      config: { fields: [{ name: 'ticket', type: 'text', required: true, description: 'What the customer wrote' }] },
    },
    {
      kind: 'llm',
      name: 'classify',
      title: 'Classify',
      position,
      config: {
        ...newLlmConfig(model),
        system_prompt: 'Answer with one word: billing, bug or other.',
        user_prompt: 'Which kind of ticket is this?\n\n{{input.ticket}}',
        temperature: 0,
      },
    },
    {
      kind: 'gate',
      name: 'kind',
      title: 'Does it need a reply?',
      position,
      config: {
        routes: [
          {
            name: 'needs_reply',
            match: 'any',
            conditions: [
              { value: '{{steps.classify.output}}', json_path: '', operator: 'contains', operand: 'billing' },
              { value: '{{steps.classify.output}}', json_path: '', operator: 'contains', operand: 'bug' },
            ],
          },
        ],
      },
    },
    {
      kind: 'llm',
      name: 'reply',
      title: 'Draft a reply',
      position,
      config: {
        ...newLlmConfig(model),
        system_prompt: 'You write short, friendly replies to customers.',
        user_prompt:
          'Write a reply to this {{steps.classify.output}} ticket:\n\n{{input.ticket}}\n\nA reviewer said of the last draft: {{steps.review.output.comment}}',
      },
    },
    {
      kind: 'review',
      name: 'review',
      title: 'Review the reply',
      position,
      config: {
        instructions: 'Is the reply correct and kind? Fail it with a comment to have it written again.',
        subject: '{{steps.reply.output}}',
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
          { name: 'kind', value: '{{steps.classify.output}}' },
          { name: 'reply', value: '{{steps.reply.output}}' },
        ],
      },
    },
  ];
  return layOutGraph({
    steps,
    edges: [
      { from: 'start', port: 'next', to: 'classify' },
      { from: 'classify', port: 'next', to: 'kind' },
      { from: 'kind', port: 'needs_reply', to: 'reply' },
      { from: 'kind', port: 'default', to: 'end' },
      { from: 'reply', port: 'next', to: 'review' },
      { from: 'review', port: 'pass', to: 'end' },
      { from: 'review', port: 'fail', to: 'reply' },
    ],
  });
}
