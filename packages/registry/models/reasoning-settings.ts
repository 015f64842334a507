import type { Capabilities, ReasoningParameter } from '@pipelines/contracts';

/** Thinking needs the shape of its parameter: `effort` where none is said. Without thinking there is none. */
export function reasoningParameterOf(capabilities: Capabilities, wished: ReasoningParameter | null | undefined): ReasoningParameter | null {
  return capabilities.reasoning ? (wished ?? 'effort') : null;
}
