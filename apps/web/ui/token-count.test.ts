import { expect, it } from 'vitest';
import { contextSize, shortCount } from './token-count.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1K'],
  [12_345, '12.3K'],
  [412_400_000, '412M'],
  [999_999, '999K'],
  [1_250_000, '1.25M'],
])('%i is %s', (count, text) => expect(shortCount(count)).toBe(text));

it.each([
  [512, '512'],
  [131_072, '131K'],
  [1_048_576, '1M'],
  [1_900_000, '1.9M'],
])('a context of %i is %s', (tokens, text) => expect(contextSize(tokens)).toBe(text));
