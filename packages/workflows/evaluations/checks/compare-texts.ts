import { isDeepStrictEqual } from 'node:util';
import { textOf } from '@pipelines/contracts';

export interface TextOptions {
  readonly ignore_case: boolean;
  readonly ignore_space: boolean;
}

/** Objects and lists are equal whatever the order of their keys; everything else is compared as the text that it is. */
export function compareTexts(actual: unknown, expected: unknown, options: TextOptions): boolean {
  const one = readStructure(actual);
  const other = readStructure(expected);
  if (one !== null && other !== null) return isDeepStrictEqual(one, other);
  return flatten(actual, options) === flatten(expected, options);
}

export function containsText(actual: unknown, expected: unknown, options: TextOptions): boolean {
  return flatten(actual, options).includes(flatten(expected, options));
}

function flatten(value: unknown, { ignore_case, ignore_space }: TextOptions): string {
  const text = textOf(value).normalize('NFC');
  const spaced = ignore_space ? text.replace(/\s+/g, ' ').trim() : text;
  return ignore_case ? spaced.toLowerCase() : spaced;
}

/** An object or a list, also where it comes as a text, such as a cell of a CSV. */
function readStructure(value: unknown): object | null {
  if (typeof value === 'object') return value;
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return null;
  try {
    return JSON.parse(value) as object;
  } catch {
    return null;
  }
}
