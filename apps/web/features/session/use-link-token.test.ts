import { expect, it } from 'vitest';
import { readLinkToken } from './use-link-token.ts';

it('reads the fragment first, then the query', () => {
  expect(readLinkToken({ hash: '#token=abc-1', search: '' })).toBe('abc-1');
  expect(readLinkToken({ hash: '', search: '?token=abc-2' })).toBe('abc-2');
  expect(readLinkToken({ hash: '#token=a', search: '?token=b' })).toBe('a');
  expect(readLinkToken({ hash: '', search: '' })).toBeNull();
});
