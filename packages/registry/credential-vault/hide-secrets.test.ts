import { Secret } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from './secret-fields.ts';

const value = 'CNRY-0123456789abcdef/"+';
const credential = { apiKey: new Secret(value), headers: { 'x-key': new Secret('other-secret-value') } };
const twice = JSON.stringify({ inner: JSON.stringify({ value }) });

describe('hideSecrets', () => {
  it.each([
    ['as it is', value],
    ['in JSON', JSON.stringify({ value })],
    ['in JSON in JSON', twice],
    ['in an address', `https://x.test/?key=${encodeURIComponent(value)}`],
    ['in a form', new URLSearchParams({ value }).toString()],
    ['in hex', Buffer.from(value).toString('hex').toUpperCase()],
    ['in base64', Buffer.from(`Bearer ${value}`).toString('base64')],
    ['in base64 of JSON', Buffer.from(JSON.stringify({ a: 1, value })).toString('base64url')],
    ['of a header', 'x-key: other-secret-value'],
  ])('%s', (_, text) => {
    expect(hideSecrets(credential, `before ${text} after`)).toMatch(/^before .*\[secret\].* after$/);
  });

  it('leaves everything else, and what is too short to be told from it', () => {
    expect(hideSecrets({ apiKey: new Secret('abc') }, 'abc is what children sing')).toBe('abc is what children sing');
    expect(hideSecrets(credential, 'CNRY-0123')).toBe('CNRY-0123');
  });
});
