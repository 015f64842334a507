import { isRecord } from './read-document.ts';

const maxDepth = 40;
/** Values that one schema may have once every reference is written out. */
const maxValues = 4_000;

/**
 * A part of a document with its `#/…` references written out, since a model is given one schema and no document. What
 * refers to itself, and what leads out of the document, becomes "anything".
 */
export function resolveReferences(document: Readonly<Record<string, unknown>>, part: unknown): unknown {
  let values = 0;

  function resolve(value: unknown, within: readonly string[]): unknown {
    values += 1;
    if (values > maxValues || within.length > maxDepth) return {};
    if (Array.isArray(value)) return value.map((each) => resolve(each, within));
    if (!isRecord(value)) return value;
    const reference = value.$ref;
    if (typeof reference === 'string') {
      return within.includes(reference) ? {} : resolve(lookUpPointer(document, reference), [...within, reference]);
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '__proto__')
        .map(([key, each]) => [key, resolve(each, within)]),
    );
  }

  return resolve(part, []);
}

function lookUpPointer(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return {};
  let value = document;
  for (const key of reference.slice(2).split('/')) {
    const name = decodePart(key);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return {};
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function decodePart(text: string): string {
  const plain = text.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
