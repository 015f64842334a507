import { type CheckOf, RenderedTooLong } from '@pipelines/contracts';
import { type CheckScope, readActual, readExpected } from '../checks/read-values.ts';

/** A judge that is given more reads the beginning only, and is told so. */
const maxPartLength = 60_000;

/** What the judge is shown of one row: each part as JSON, in which no quote, line or mark of the data can end it. */
export function judgeInput(check: CheckOf<'judge'>, scope: CheckScope): Record<string, unknown> {
  const expected = check.expected.trim() === '' ? undefined : readOrSay(() => readExpected(check.expected, scope));
  return { input: toPart(scope.input), expected: toPart(expected), answer: toPart(readOrSay(() => readActual(check.actual, scope))) };
}

function readOrSay(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RenderedTooLong)) throw error;
    return '(too long to be shown)';
  }
}

function toPart(value: unknown): string {
  // "<" as an escape: it is the same JSON, and no closing mark can stand in it.
  const text = (JSON.stringify(value ?? null) ?? 'null').replaceAll('<', '\\u003c');
  return text.length <= maxPartLength ? text : `${text.slice(0, maxPartLength)} … (cut off here: ${text.length} characters in all)`;
}
