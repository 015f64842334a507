import type { Graph } from '@pipelines/contracts';
import { layOutGraph } from '../../graph/lay-out-graph.ts';
import { newLlmConfig } from '../../graph/new-step.ts';

const position = { x: 0, y: 0 };

const invoiceSchema = {
  type: 'object',
  properties: {
    supplier: { type: 'string' },
    invoice_number: { type: 'string' },
    total: { type: 'number', description: 'With taxes, in the currency of the invoice' },
    currency: { type: 'string', description: 'Three letters, such as EUR' },
    confidence: { type: 'number', description: 'From 0 (guessed) to 1 (every field stands in the text)' },
  },
  required: ['supplier', 'invoice_number', 'total', 'currency', 'confidence'],
  additionalProperties: false,
};

/** Invoice → JSON → gate → review: what the model is not sure of, and what is dear, is looked at by a person. */
export function extractGraph(model: string | null): Graph {
  return layOutGraph({
    steps: [
      {
        kind: 'start',
        name: 'start',
        title: 'Invoice',
        position,
        config: { fields: [{ name: 'document', type: 'text', required: true, description: 'The text of the invoice' }] },
      },
      {
        kind: 'llm',
        name: 'extract',
        title: 'Read the fields',
        position,
        config: {
          ...newLlmConfig(model),
          system_prompt: 'You read invoices. Take every value from the text; leave a text field empty rather than guess it.',
          user_prompt: '{{input.document}}',
          temperature: 0,
          output: { type: 'json_schema', schema: invoiceSchema },
        },
      },
      {
        kind: 'gate',
        name: 'doubt',
        title: 'Is a look needed?',
        position,
        config: {
          routes: [
            {
              name: 'look',
              match: 'any',
              conditions: [
                { value: '{{steps.extract.output}}', json_path: '$.confidence', operator: 'less', operand: '0.8' },
                { value: '{{steps.extract.output}}', json_path: '$.total', operator: 'greater', operand: '10000' },
                { value: '{{steps.extract.output}}', json_path: '$.invoice_number', operator: 'is_empty', operand: '' },
              ],
            },
          ],
        },
      },
      {
        kind: 'review',
        name: 'review',
        title: 'Compare with the invoice',
        position,
        config: {
          instructions: 'Do the fields say what the invoice says?\n\n{{input.document}}',
          subject: '{{steps.extract.output}}',
          max_rereviews: 1,
          when_exhausted: 'quarantine',
        },
      },
      { kind: 'end', name: 'end', title: 'Done', position, config: { mapping: [{ name: 'invoice', value: '{{steps.extract.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'extract' },
      { from: 'extract', port: 'next', to: 'doubt' },
      { from: 'doubt', port: 'look', to: 'review' },
      { from: 'doubt', port: 'default', to: 'end' },
      { from: 'review', port: 'pass', to: 'end' },
      { from: 'review', port: 'fail', to: 'extract' },
    ],
  });
}
