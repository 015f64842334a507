import { describe, expect, it } from 'vitest';
import { parseJsonPath } from './json-path.ts';

describe('parseJsonPath', () => {
  it.each([
    ['$', []],
    ['$.a.b[0]', ['a', 'b', '0']],
    ['$[1][2].x-y', ['1', '2', 'x-y']],
    ['a.b', null],
    ['$.', null],
    ['$[*]', null],
    ["$['a']", null],
  ])('%s', (path, keys) => {
    expect(parseJsonPath(path)).toEqual(keys);
  });
});
