import type { LlmConfig, StepModel } from '@pipelines/contracts';

export interface FittedConfig {
  readonly config: LlmConfig;
  /** What was changed to fit, as a sentence; null where nothing was. */
  readonly note: string | null;
}

/** Numbers above what a model takes become what it takes. Choices that it does not offer are kept for the next model. */
export function fitToModel(config: LlmConfig, model: Pick<StepModel, 'slug' | 'display_name' | 'max_tokens'>): FittedConfig {
  const chosen = { ...config, model: model.slug };
  const limit = model.max_tokens;
  if (limit === null) return { config: chosen, note: null };
  const lower = (tokens: number | null) => (tokens === null ? null : Math.min(tokens, limit));
  const fitted = {
    ...chosen,
    max_tokens: lower(config.max_tokens),
    reasoning: { ...config.reasoning, max_tokens: lower(config.reasoning.max_tokens) },
  };
  const isLower = fitted.max_tokens !== config.max_tokens || fitted.reasoning.max_tokens !== config.reasoning.max_tokens;
  return {
    config: fitted,
    note: isLower ? `Lowered to ${limit.toLocaleString('en')} tokens, the most that ${model.display_name} answers.` : null,
  };
}
