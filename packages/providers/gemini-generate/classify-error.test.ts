import { testErrorFixtures } from '../testing/test-error-fixtures.ts';
import fixtures from './__fixtures__/errors.json' with { type: 'json' };
import { classifyError, classifyInBandError } from './classify-error.ts';

testErrorFixtures(fixtures, classifyError, classifyInBandError);
