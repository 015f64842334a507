import { expect, test } from 'vitest';
import { testErrorFixtures } from '../testing/test-error-fixtures.ts';
import fixtures from './__fixtures__/errors.json' with { type: 'json' };
import { classifyError, classifyInBandError } from './classify-error.ts';

testErrorFixtures(fixtures, classifyError, classifyInBandError);

test('the wait that is asked for is kept', () => {
  const body = Buffer.from('{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}');
  expect(classifyError({ status: 429, headers: { 'retry-after': '12' }, body })).toMatchObject({
    reason: 'rate_limited',
    retryAfterSeconds: 12,
  });
});
