import type { InputField } from '@pipelines/contracts';
import { findUnstorableText } from './find-unstorable-text.ts';

type Check = (value: unknown) => string | null;

const image = /^(?:https:\/\/\S+|data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+=*)$/;

const checks: Record<InputField['type'], Check> = {
  text: (value) => (typeof value === 'string' ? null : 'Not a text.'),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? null : 'Not a number.'),
  boolean: (value) => (typeof value === 'boolean' ? null : 'Neither true nor false.'),
  json: () => null,
  image: (value) => (typeof value === 'string' && image.test(value) ? null : 'Not an image: an https:// or data:image/… address.'),
};

/**
 * What is wrong with one row's input, in one line such as `ticket: Required. age: Not a number.`; null: nothing.
 * Null and a missing field are the same; an empty text does not fill a required field.
 */
export function checkInput(fields: readonly InputField[], input: Readonly<Record<string, unknown>>): string | null {
  const known = new Set(fields.map((field) => field.name));
  const wrong = [
    ...fields.map((field): [string, string | null] => [field.name, checkField(field, input)]),
    ...Object.keys(input)
      .filter((name) => !known.has(name))
      .map((name): [string, string] => [shorten(name), 'There is no such field.']),
  ].flatMap(([name, message]) => (message === null ? [] : [`${name}: ${message}`]));
  return wrong.length === 0 ? null : wrong.slice(0, 10).join(' ');
}

function checkField(field: InputField, input: Readonly<Record<string, unknown>>): string | null {
  const value = Object.hasOwn(input, field.name) ? input[field.name] : undefined;
  if (value === undefined || value === null || (value === '' && field.required)) return field.required ? 'Required.' : null;
  return checks[field.type](value) ?? findUnstorableText(value);
}

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
