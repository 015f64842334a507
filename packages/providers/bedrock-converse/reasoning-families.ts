import { type ClaudeFamily, claudeFamilyOf } from '../claude-families.ts';

/** How a family of models is asked to think. */
export type ThinkingStyle = 'claude-adaptive' | 'claude-budget' | 'reasoning-effort' | 'reasoning-object' | 'output-config';

export interface ReasoningFamily {
  readonly style: ThinkingStyle;
  /** Null for any other maker's model. */
  readonly claude: ClaudeFamily | null;
}

/** Other families by their ID, with or without a region prefix, or inside an ARN. */
const families: readonly (readonly [pattern: RegExp, style: ThinkingStyle])[] = [
  [/gpt-oss/, 'reasoning-effort'],
  [/openai\.gpt-/, 'reasoning-object'],
];

/** The family of a model. An ID that names none (an application profile's ARN) gets the model-agnostic way. */
export function reasoningFamilyOf(providerModelId: string): ReasoningFamily {
  const claude = claudeFamilyOf(providerModelId);
  if (claude !== null) return { style: claude.thinking === 'budget' ? 'claude-budget' : 'claude-adaptive', claude };
  return { style: families.find(([pattern]) => pattern.test(providerModelId))?.[1] ?? 'output-config', claude };
}
