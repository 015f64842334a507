import { expect, it } from 'vitest';
import { dropSaved } from './use-edits.ts';

it('keeps what is being edited when something else has been saved, and what was typed while it was saved', () => {
  expect(dropSaved({ calls: 12, slugs: ['a', 'b'] }, { calls: 1, tokens: 500, slugs: ['a'] })).toEqual({ calls: 12, slugs: ['a', 'b'] });
  expect(dropSaved({ calls: 12, slugs: ['a', 'b'] }, { calls: 12, tokens: null, slugs: ['a'] })).toEqual({ slugs: ['a', 'b'] });
});

it('has no edit left of what is saved', () => {
  expect(dropSaved({ calls: null, slugs: ['a'] }, { calls: null, tokens: 1, slugs: ['a'] })).toEqual({});
});
