import type { Graph } from '@pipelines/contracts';
import { graphOf, stepOf } from './build-graph.ts';

/** A complete graph of one to six LLM steps on some of these models, some with a fallback, with values that are easy to spoil on a way through JSON. */
export function randomGraph(random: () => number, slugs: readonly string[]): Graph {
  const pick = () => slugs[Math.floor(random() * slugs.length)] as string;
  const names = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index) => `step_${index}`);
  const steps = names.map((name) => ({
    ...stepOf('llm', name, {
      model: pick(),
      fallback_model: random() < 0.4 ? pick() : null,
      system_prompt: random() < 0.5 ? 'Für “alle”: \u{1F600}\n\t{{input.text}}' : '',
      temperature: random() < 0.5 ? random() * 2 : null,
      reasoning: { effort: null, max_tokens: random() < 0.3 ? 1_000_000 : null },
      ...(random() < 0.3 && { output: { type: 'json_schema', schema: { z: 1e21, a: { '': [0.1, -0, null, { y: {}, b: [] }] } } } }),
    }),
    position: { x: (random() - 0.5) * 1e6, y: random() * 1e-7 },
  }));
  return graphOf(
    [
      stepOf('start', 'start'),
      ...steps,
      stepOf('end', 'end', { mapping: [{ name: 'answer', value: `{{steps.${names.at(-1)}.output}}` }] }),
    ],
    ['start', ...names, 'end'].join(' > '),
  );
}

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
