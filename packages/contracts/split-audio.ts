/** Tokens of sound in a call. */
export interface AudioCounts {
  /** Of the prompt, cached ones included. */
  readonly input: number;
  /** Of the cached tokens; null: not told. */
  readonly cached: number | null;
  readonly output: number;
}

/** Which of them have a price of their own. */
export interface AudioPriced {
  readonly input: boolean;
  readonly cacheRead: boolean;
  readonly output: boolean;
}

/** Tokens that are charged as sound, apart from text. */
export interface AudioShare {
  /** Of the prompt, without those that came from the cache. */
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

const silence: AudioShare = { input: 0, cached: 0, output: 0 };

/**
 * The tokens of sound that are charged apart: none where sound has no price of its own, for then it costs what text
 * does. Null where nobody can say how many: tokens came from the cache, and it is not told which of them are sound.
 */
export function splitAudio(counts: AudioCounts, priced: AudioPriced, cachedTokens: number): AudioShare | null {
  const output = priced.output ? counts.output : 0;
  if (counts.input === 0 || !(priced.input || priced.cacheRead)) return output === 0 ? silence : { ...silence, output };
  if (counts.cached === null && cachedTokens > 0) return null;
  const cached = counts.cached ?? 0;
  return { input: counts.input - cached, cached, output };
}
