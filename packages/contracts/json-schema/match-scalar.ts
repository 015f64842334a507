interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** What is wrong with a text; null when nothing is. Lengths count code points, as the standard says. */
export function matchText(
  { minLength, maxLength, pattern }: TextLimits,
  text: string,
  matches: (pattern: string, text: string) => boolean,
): string | null {
  const length = minLength === undefined && maxLength === undefined ? 0 : [...text].length;
  if (minLength !== undefined && length < minLength) return `must have at least ${minLength} characters`;
  if (maxLength !== undefined && length > maxLength) return `must have at most ${maxLength} characters`;
  return pattern !== undefined && !matches(pattern, text) ? 'does not match the pattern' : null;
}

interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** What is wrong with a number; null when nothing is. */
export function matchNumber(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: NumberLimits,
  value: number,
): string | null {
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`;
  return multipleOf !== undefined && !isMultiple(value, multipleOf) ? `must be a multiple of ${multipleOf}` : null;
}

/** 0.3 is a multiple of 0.1, whatever binary fractions say. */
function isMultiple(value: number, unit: number): boolean {
  const quotient = value / unit;
  return Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.max(1, Math.abs(quotient));
}
