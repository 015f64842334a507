import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffWords } from './diff-words.ts';

it('finds the words that differ', () => {
  expect(diffWords('It is a bug', 'It is an idea')?.map(({ kind, text }) => ({ kind, text }))).toEqual([
    { kind: 'same', text: 'It is ' },
    { kind: 'removed', text: 'a' },
    { kind: 'added', text: 'an' },
    { kind: 'same', text: ' ' },
    { kind: 'removed', text: 'bug' },
    { kind: 'added', text: 'idea' },
  ]);
  expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same', at: 0 }]);
  expect(diffWords('x '.repeat(2_000), 'y')).toBeNull();
});

it('holds both texts whole', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n')).map((letters) => letters.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after) ?? [];
      const of = (kind: string) =>
        parts
          .filter((part) => part.kind === 'same' || part.kind === kind)
          .map((part) => part.text)
          .join('');
      return of('removed') === before && of('added') === after;
    }),
  );
});
