/** What tells one family of Gemini models from another. */
export interface GeminiFamily {
  /** Found in the model's ID. */
  readonly pattern: RegExp;
  readonly thinking:
    | { readonly kind: 'levels'; readonly levels: readonly string[] }
    /** In tokens. `off` tells whether a budget of nothing is taken. */
    | { readonly kind: 'budget'; readonly min: number; readonly max: number; readonly off: boolean }
    | { readonly kind: 'none' };
  /** True: a call in the turn that goes on must carry the signature of the thought that led to it. */
  readonly wantsSignatures: boolean;
  /** True: it fetches a picture by its https address. */
  readonly fetchesImages: boolean;
}

const allLevels = ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'];

/** The first pattern that fits wins; the last fits any name, which is then taken for a recent one. */
const families: readonly GeminiFamily[] = [
  { pattern: /gemini-(?:1|2\.0)|gemma/, thinking: { kind: 'none' }, wantsSignatures: false, fetchesImages: false },
  {
    pattern: /gemini-2\.5-pro/,
    thinking: { kind: 'budget', min: 128, max: 32_768, off: false },
    wantsSignatures: false,
    fetchesImages: true,
  },
  {
    pattern: /gemini-2\.5-flash-lite/,
    thinking: { kind: 'budget', min: 512, max: 24_576, off: true },
    wantsSignatures: false,
    fetchesImages: true,
  },
  { pattern: /gemini-2\.5/, thinking: { kind: 'budget', min: 1, max: 24_576, off: true }, wantsSignatures: false, fetchesImages: true },
  { pattern: /gemini-3-pro/, thinking: { kind: 'levels', levels: ['LOW', 'HIGH'] }, wantsSignatures: true, fetchesImages: true },
  { pattern: /gemini-.*pro/, thinking: { kind: 'levels', levels: ['LOW', 'MEDIUM', 'HIGH'] }, wantsSignatures: true, fetchesImages: true },
  { pattern: /(?:)/, thinking: { kind: 'levels', levels: allLevels }, wantsSignatures: true, fetchesImages: true },
];

export function geminiFamilyOf(modelId: string): GeminiFamily {
  const family = families.find(({ pattern }) => pattern.test(modelId));
  if (family === undefined) throw new Error('The last family fits every model.');
  return family;
}

/** An effort as a level that the family has: the nearest above, where its own is missing. */
export function toThinkingLevel(effort: string, levels: readonly string[]): string {
  const wanted = ['xhigh', 'max'].includes(effort) ? 'HIGH' : effort.toUpperCase();
  const from = Math.max(0, allLevels.indexOf(wanted));
  return allLevels.slice(from).find((level) => levels.includes(level)) ?? 'HIGH';
}
