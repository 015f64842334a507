import type { Capabilities, ReasoningParameter } from '../capabilities.ts';

/** What a step must know of a model. */
export interface StepModel {
  readonly slug: string;
  readonly display_name: string;
  readonly active: boolean;
  readonly capabilities: Capabilities;
  readonly reasoning_parameter: ReasoningParameter | null;
  readonly max_tokens: number | null;
}
