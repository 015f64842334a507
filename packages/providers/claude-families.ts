/** What tells one family of Claude models from another, wherever it is served. */
export interface ClaudeFamily {
  /** Found in the model's ID: with or without a region prefix, or inside an ARN. */
  readonly pattern: RegExp;
  /** `adaptive`: the model decides, guided by an effort. `budget`: a number of tokens. `either`: both are taken. */
  readonly thinking: 'adaptive' | 'budget' | 'either';
  /** Efforts that the family does not know. */
  readonly lacksEfforts?: readonly string[];
  /** Which of `temperature`, `top_p` and `top_k` are taken: `one` is either of the first two, not both. */
  readonly samplers: 'all' | 'one' | 'none';
  /** True: thinking between tool calls must be asked for by a beta flag. */
  readonly interleavedFlag?: boolean;
  /** The answer's limit where nobody sets one: within what the family can give. */
  readonly usualLimit: number;
}

/** The first pattern that fits wins; the last fits any Claude. */
const families: readonly ClaudeFamily[] = [
  { pattern: /claude-[a-z]+-(?:4-[7-9]|[5-9])(?!\d)/, thinking: 'adaptive', samplers: 'none', usualLimit: 32_000 },
  { pattern: /claude-[a-z]+-4-6(?!\d)/, thinking: 'either', lacksEfforts: ['xhigh'], samplers: 'one', usualLimit: 32_000 },
  { pattern: /claude-[a-z]+-4-[1-5](?!\d)/, thinking: 'budget', samplers: 'one', interleavedFlag: true, usualLimit: 32_000 },
  { pattern: /claude-[a-z]+-4(?!\d)/, thinking: 'budget', samplers: 'all', interleavedFlag: true, usualLimit: 32_000 },
  { pattern: /claude-3-7/, thinking: 'budget', samplers: 'all', usualLimit: 32_000 },
  { pattern: /claude-3-5/, thinking: 'budget', samplers: 'all', usualLimit: 8_192 },
  { pattern: /claude-(?:3|v2|2|instant)/, thinking: 'budget', samplers: 'all', usualLimit: 4_096 },
  // A name that tells no version is a recent one.
  { pattern: /claude-/, thinking: 'adaptive', samplers: 'none', usualLimit: 32_000 },
];

/** The family of a Claude model; null where the ID names none. */
export function claudeFamilyOf(modelId: string): ClaudeFamily | null {
  return families.find((family) => family.pattern.test(modelId)) ?? null;
}

/** An effort in the words of Claude. */
export function toClaudeEffort(effort: string, family: Pick<ClaudeFamily, 'lacksEfforts'> | null): string {
  if (effort === 'minimal') return 'low';
  return family?.lacksEfforts?.includes(effort) ? 'high' : effort;
}
