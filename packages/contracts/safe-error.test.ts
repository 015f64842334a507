import { describe, expect, it } from 'vitest';
import { PipelinesError } from './errors.ts';
import { toSafeError } from './safe-error.ts';

describe('toSafeError', () => {
  it('keeps our own words', () => {
    expect(toSafeError(new PipelinesError('not_found', { detail: 'No such key.' }))).toEqual({
      name: 'PipelinesError',
      code: 'NOT_FOUND',
      message: 'No such key.',
    });
  });

  it('keeps only the kind of a foreign error', () => {
    const foreign = Object.assign(new Error('password is sk-canary'), { code: '23505', detail: 'Key (api_key)=(sk-canary)' });
    expect(toSafeError(foreign)).toEqual({ name: 'Error', code: '23505', message: null });
  });

  it('finds the code of a wrapped error in its cause', () => {
    const cause = Object.assign(new Error('Key (api_key)=(sk-canary)'), { code: '23505' });
    expect(toSafeError(new Error('params: sk-canary', { cause }))).toEqual({ name: 'Error', code: '23505', message: null });
  });

  it.each([
    [Object.assign(new Error('x'), { code: 'sk-canary lower' })],
    ['sk-canary'],
    [null],
    [Object.assign(new Error('x'), { name: 'sk canary!' })],
  ])('drops what does not have the shape of a code or a name', (thrown) => {
    expect(JSON.stringify(toSafeError(thrown))).not.toContain('canary');
  });
});
