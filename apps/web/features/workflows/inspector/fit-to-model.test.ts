import { expect, it } from 'vitest';
import { newLlmConfig } from '../graph/new-step.ts';
import { fitToModel } from './fit-to-model.ts';

const tiny = { slug: 'tiny', display_name: 'Tiny', max_tokens: 128 };

it('lowers what the model cannot answer, and says so', () => {
  const wanted = { ...newLlmConfig('big'), max_tokens: 4_000, reasoning: { effort: 'high', max_tokens: 2_000 } };
  const { config, note } = fitToModel(wanted, tiny);
  expect(config).toMatchObject({ model: 'tiny', max_tokens: 128, reasoning: { effort: 'high', max_tokens: 128 } });
  expect(note).toBe('Lowered to 128 tokens, the most that Tiny answers.');
});

it.each([
  ['fits', { ...newLlmConfig('big'), max_tokens: 100 }, tiny],
  ['is left to the model', newLlmConfig('big'), tiny],
  ['has no limit', { ...newLlmConfig('big'), max_tokens: 4_000 }, { ...tiny, max_tokens: null }],
])('leaves alone what %s', (_, config, model) => {
  expect(fitToModel(config, model)).toEqual({ config: { ...config, model: 'tiny' }, note: null });
});
