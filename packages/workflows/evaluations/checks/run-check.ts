import { type Check, type CheckOf, RenderedTooLong } from '@pipelines/contracts';
import { describeMisfit } from '../../steps/describe-misfit.ts';
import type { CheckVerdict } from './check-verdict.ts';
import { compareNumbers } from './compare-numbers.ts';
import { compareTexts, containsText } from './compare-texts.ts';
import { type CheckScope, readActual, readExpected } from './read-values.ts';

/** Every check but the judge's: those that need nobody. */
export type ComputedCheck = Exclude<Check, CheckOf<'judge'>>;

export function isComputed(check: Check): check is ComputedCheck {
  return check.kind !== 'judge';
}

/** What a check says of one row. The same check on the same row always says the same. */
export function runCheck(check: ComputedCheck, scope: CheckScope): CheckVerdict {
  try {
    return lookAt(check, scope);
  } catch (error) {
    if (!(error instanceof RenderedTooLong)) throw error;
    return { outcome: 'unknown', detail: 'What it looks at is too long to be checked.' };
  }
}

function lookAt(check: ComputedCheck, scope: CheckScope): CheckVerdict {
  const actual = readActual(check.actual, scope);
  if (check.kind === 'json_schema') return verdictOf(fitSchema(check, actual));
  const expected = readExpected(check.expected, scope);
  if (expected === undefined) return { outcome: 'unknown', detail: 'The row has no expected value for this check.' };
  switch (check.kind) {
    case 'exact':
      return verdictOf(compareTexts(actual, expected, check) ? null : 'It is not what was expected.');
    case 'contains':
      return verdictOf(containsText(actual, expected, check) ? null : 'What was expected is not in it.');
    case 'numeric':
      return compareNumbers(actual, expected, check.tolerance);
  }
}

function verdictOf(fault: string | null): CheckVerdict {
  return fault === null ? { outcome: 'pass', detail: '' } : { outcome: 'fail', detail: fault };
}

/** A text is looked at as the JSON that it holds. */
function fitSchema({ schema }: CheckOf<'json_schema'>, actual: unknown): string | null {
  let value = actual;
  if (typeof actual === 'string') {
    try {
      value = JSON.parse(actual);
    } catch {
      // A schema may ask for a text.
    }
  }
  const misfit = describeMisfit(schema, value);
  return misfit === null ? null : `It does not fit the schema: ${misfit}.`;
}
