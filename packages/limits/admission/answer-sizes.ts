import type { CallSize } from '@pipelines/contracts';

const firstGuess = 1_024;
/** A long answer is expected again for a while, and less with each that is shorter. */
const fading = 0.98;
const maxKnown = 10_000;

/** How long answers have lately been, model by model: what is reserved for a call that does not say how long its answer may be. */
export class AnswerSizes {
  readonly #lately = new Map<string, number>();

  expect(model: string, { askedTokens, longestTokens }: CallSize): number {
    if (askedTokens !== null) return askedTokens;
    const expected = Math.ceil(Math.max(firstGuess, this.#lately.get(model) ?? 0));
    return longestTokens === null ? expected : Math.min(longestTokens, expected);
  }

  note(model: string, tokens: number): void {
    if (this.#lately.size >= maxKnown && !this.#lately.has(model)) this.#lately.clear();
    this.#lately.set(model, Math.max(tokens, (this.#lately.get(model) ?? 0) * fading));
  }
}
