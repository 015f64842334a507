import { z } from 'zod';

export const capabilities = ['json_mode', 'vision', 'tool_use', 'reasoning'] as const;
export type Capability = (typeof capabilities)[number];

export const capabilityNames: Record<Capability, string> = {
  json_mode: 'JSON mode',
  vision: 'Vision',
  tool_use: 'Tool use',
  reasoning: 'Extended reasoning',
};

/** Which of the four the model is offered for. A switch, asserted by a person or a source. */
export const capabilitiesSchema = z.strictObject({
  /** The provider natively supports structured JSON answers (`response_format`). */
  json_mode: z.boolean(),
  /** The model takes images. */
  vision: z.boolean(),
  /** The model takes function / tool calls. */
  tool_use: z.boolean(),
  /** The model has a thinking step. */
  reasoning: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** How the thinking step is asked for: `reasoning.effort` (a word) or `reasoning.max_tokens` (a budget). */
export const reasoningParameterSchema = z.enum(['effort', 'max_tokens']);
export type ReasoningParameter = z.infer<typeof reasoningParameterSchema>;
