import type { InputField } from '@pipelines/contracts';

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A cell as a value of its field's type; undefined for an empty one. What cannot be read stays the text that it
 * is, for `checkInput` to refuse; broken JSON, which would pass as a text, throws.
 *
 * @throws SyntaxError
 */
export function readCell(type: InputField['type'], cell: string): unknown {
  const trimmed = cell.trim();
  if (trimmed === '') return undefined;
  switch (type) {
    case 'text':
      return cell;
    case 'image':
      return trimmed;
    case 'number':
      return number.test(trimmed) ? Number(trimmed) : cell;
    case 'boolean':
      return booleans.get(trimmed.toLowerCase()) ?? cell;
    case 'json':
      return JSON.parse(trimmed);
  }
}
