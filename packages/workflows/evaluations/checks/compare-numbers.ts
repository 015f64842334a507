import type { CheckOf } from '@pipelines/contracts';
import Big from 'big.js';
import type { CheckVerdict } from './check-verdict.ts';

const shape = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:e[+-]?\d{1,3})?$/i;

/** Exact: 0.1 and 0.3 lie 0.2 apart, neither more nor less. */
export function compareNumbers(actual: unknown, expected: unknown, { type, value }: CheckOf<'numeric'>['tolerance']): CheckVerdict {
  const wanted = readNumber(expected);
  if (wanted === null) return { outcome: 'unknown', detail: 'The expected value of the row is not a number.' };
  const found = readNumber(actual);
  if (found === null) return { outcome: 'fail', detail: 'It is not a number.' };
  const allowed = type === 'absolute' ? new Big(value) : wanted.abs().times(value);
  const distance = found.minus(wanted).abs();
  if (distance.lte(allowed)) return { outcome: 'pass', detail: '' };
  return { outcome: 'fail', detail: `It is ${show(distance)} away from what was expected.` };
}

/** A number, or a text that is one and nothing else. */
function readNumber(value: unknown): Big | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Big(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return shape.test(text) ? new Big(text.replace(/^\+/, '')) : null;
}

function show(distance: Big): string {
  return distance
    .toPrecision(6)
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '');
}
