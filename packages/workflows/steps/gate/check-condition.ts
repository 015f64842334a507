import { type Condition, parseJsonPath, readKeys, renderValue, type TemplateScope, textOf } from '@pipelines/contracts';
import { type Matcher, TooMuchToMatch } from '../create-matcher.ts';
import { StepFailure } from '../step-failure.ts';

/**
 * Whether a condition holds. Values are compared as text, numbers as numbers.
 * @throws StepFailure `invalid_request` for a path or an expression that is none, and for one that takes too much work
 */
export function checkCondition(condition: Condition, scope: TemplateScope, matcher: Matcher): boolean {
  const value = lookAt(condition, scope);
  const operand = renderValue(condition.operand, scope);
  switch (condition.operator) {
    case 'equals':
      return textOf(value) === textOf(operand);
    case 'not_equals':
      return textOf(value) !== textOf(operand);
    case 'contains':
      return Array.isArray(value) ? value.some((each) => textOf(each) === textOf(operand)) : textOf(value).includes(textOf(operand));
    case 'matches':
      return matches(matcher, textOf(value), textOf(operand));
    case 'greater':
      return numberOf(value) > numberOf(operand);
    case 'less':
      return numberOf(value) < numberOf(operand);
    case 'is_empty':
      return isEmpty(value);
    case 'is_not_empty':
      return !isEmpty(value);
  }
}

function lookAt({ value, json_path }: Condition, scope: TemplateScope): unknown {
  const whole = renderValue(value, scope);
  if (json_path.trim() === '') return whole;
  const keys = parseJsonPath(json_path);
  if (keys === null) throw new StepFailure('invalid_request', `"${json_path}" is not a path such as $.items[0].kind.`);
  return readKeys(typeof whole === 'string' ? parseJson(whole) : whole, keys);
}

function matches(matcher: Matcher, text: string, pattern: string): boolean {
  try {
    const found = matcher(pattern, text);
    if (found !== null) return found;
  } catch (error) {
    if (!(error instanceof TooMuchToMatch)) throw error;
    const size = text.length.toLocaleString('en');
    throw new StepFailure('invalid_request', `To look for the pattern of a condition in ${size} characters takes too much work.`);
  }
  throw new StepFailure('invalid_request', 'The pattern of a condition is not a regular expression that can be used here.');
}

/** NaN, which is neither greater nor less than anything, for what is no number. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
