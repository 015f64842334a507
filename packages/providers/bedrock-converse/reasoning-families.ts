/** How a family of models is asked to think. */
export type ThinkingStyle = 'claude-adaptive' | 'claude-budget' | 'reasoning-effort' | 'reasoning-object' | 'output-config';

export interface ReasoningFamily {
  /** Found in the provider model ID: with or without a region prefix, or inside an ARN. */
  readonly pattern: RegExp;
  readonly style: ThinkingStyle;
  /** False: `temperature`, `top_p` and `top_k` are refused. */
  readonly sampling?: boolean;
  /** True: thinking between tool calls must be asked for by a beta flag. */
  readonly interleavedFlag?: boolean;
}

/** The first pattern that fits wins. An ID that names no family (an application profile's ARN) gets the model-agnostic way. */
const families: readonly ReasoningFamily[] = [
  { pattern: /claude-[a-z]+-(?:4-[7-9]|[5-9])(?!\d)/, style: 'claude-adaptive', sampling: false },
  { pattern: /claude-[a-z]+-4-6(?!\d)/, style: 'claude-adaptive' },
  { pattern: /claude-[a-z]+-4(?!\d)/, style: 'claude-budget', interleavedFlag: true },
  { pattern: /claude-/, style: 'claude-budget' },
  { pattern: /gpt-oss/, style: 'reasoning-effort' },
  { pattern: /openai\.gpt-/, style: 'reasoning-object' },
];

const anyModel: ReasoningFamily = { pattern: /(?:)/, style: 'output-config' };

export function reasoningFamilyOf(providerModelId: string): ReasoningFamily {
  return families.find((family) => family.pattern.test(providerModelId)) ?? anyModel;
}
