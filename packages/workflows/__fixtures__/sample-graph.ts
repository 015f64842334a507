import type { Graph, InputField, LlmConfig, Step } from '@pipelines/contracts';

const position = { x: 0, y: 0 };

const llm: LlmConfig = {
  model: 'tiny-chat',
  fallback_model: null,
  system_prompt: '',
  user_prompt: 'Classify {{input.ticket}}',
  temperature: null,
  max_tokens: null,
  tools: [],
  max_tool_rounds: 5,
  reasoning: { effort: null, max_tokens: null },
  output: { type: 'text' },
  images: [],
  retries: 2,
  timeout_seconds: 60,
};

export const ticketField: InputField = { name: 'ticket', type: 'text', required: true, description: '' };

/** start → classify → end, on the model `tiny-chat`. */
export function sampleGraph(change: Partial<LlmConfig> = {}, fields: readonly InputField[] = [ticketField]): Graph {
  const steps: Step[] = [
    { kind: 'start', name: 'start', title: 'Start', position, config: { fields: [...fields] } },
    { kind: 'llm', name: 'classify', title: 'Classify', position, config: { ...llm, ...change } },
    { kind: 'end', name: 'end', title: 'End', position, config: { mapping: [{ name: 'label', value: '{{steps.classify.output}}' }] } },
  ];
  return {
    steps,
    edges: [
      { from: 'start', port: 'next', to: 'classify' },
      { from: 'classify', port: 'next', to: 'end' },
    ],
  };
}
