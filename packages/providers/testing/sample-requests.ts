import type { Capabilities, ChatRequest, ChatTool } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';

export const weatherTool: ChatTool = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

export const everyCapability: Capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: true };

/** A target with every capability and no oddities. */
export function sampleTarget(parts: Partial<AdapterTarget> = {}): AdapterTarget {
  return {
    baseUrl: 'http://127.0.0.1:9/v1',
    region: null,
    authScheme: 'bearer',
    providerModelId: 'example-model',
    quirks: {},
    capabilities: everyCapability,
    reasoningParameter: null,
    maxTokens: null,
    ...parts,
  };
}

/** Messages that no native API can be sent. `CNRY` stands where a refusal must quote nothing. */
export const impossibleMessages: readonly Pick<ChatRequest, 'messages'>[] = [
  { messages: [] },
  { messages: 'x' as never },
  { messages: [null as never] },
  { messages: [{ role: 'function', content: 'x' }] },
  { messages: [{ role: 'tool', content: 'x' }] },
  { messages: [{ role: 'user', content: 7 as never }] },
  { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'weather', arguments: '{"CNRY' } }] }] },
];
