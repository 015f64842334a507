/**
 * Counts by the values of some labels. What is counted with every call is kept here, and told to the metrics library
 * only when somebody looks: there, each count looks its labels up and checks them anew.
 */
export class Tally {
  readonly #counts = new Map<string, number>();

  /** @param key the labels' values with spaces between them; none of them has one */
  add(key: string, by = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  /** All counts since the start, with the labels' values in the order in which they were given. */
  *entries(): Generator<readonly [values: readonly string[], count: number]> {
    for (const [key, count] of this.#counts) yield [key.split(' '), count];
  }
}
