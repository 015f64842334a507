import type { Graph, InputField, LlmConfig } from '@pipelines/contracts';

const textField: InputField = { name: 'text', type: 'text', required: true, description: '' };

/** start → llm → end, as a program would send it. */
export function llmPipeline(config: Partial<LlmConfig>, fields: readonly InputField[] = [textField]): Graph {
  const at = (row: number) => ({ x: 0, y: row * 124 });
  return {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position: at(0), config: { fields: [...fields] } },
      {
        kind: 'llm',
        name: 'llm',
        title: 'LLM',
        position: at(1),
        config: {
          model: null,
          fallback_model: null,
          system_prompt: '',
          user_prompt: '{{input.text}}',
          temperature: null,
          max_tokens: null,
          tools: [],
          max_tool_rounds: 5,
          reasoning: { effort: null, max_tokens: null },
          output: { type: 'text' },
          images: [],
          retries: 2,
          timeout_seconds: 60,
          ...config,
        },
      },
      { kind: 'end', name: 'end', title: 'End', position: at(2), config: { mapping: [{ name: 'text', value: '{{steps.llm.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'llm' },
      { from: 'llm', port: 'next', to: 'end' },
    ],
  };
}
