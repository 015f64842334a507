import type { Capabilities, ReasoningParameter } from '../capabilities.ts';
import type { ModelTask } from '../model-task.ts';

/** What a step must know of a model. */
export interface StepModel {
  readonly slug: string;
  readonly display_name: string;
  readonly active: boolean;
  /** Left out: `chat`, which is what a step needs. */
  readonly task?: ModelTask;
  readonly capabilities: Capabilities;
  readonly reasoning_parameter: ReasoningParameter | null;
  readonly max_tokens: number | null;
}
