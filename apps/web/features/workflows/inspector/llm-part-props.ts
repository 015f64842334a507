import type { LlmConfig, Model } from '@pipelines/contracts';

/** A part of an LLM step's settings that follows its model. */
export interface LlmPartProps {
  readonly config: LlmConfig;
  /** The chosen model; null while none is, or where it is gone. */
  readonly model: Model | null;
  readonly onChange: (part: Partial<LlmConfig>, field: keyof LlmConfig) => void;
}
