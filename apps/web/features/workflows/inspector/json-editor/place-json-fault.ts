import { jsonLanguage } from '@codemirror/lang-json';
import type { SyntaxNode, Tree } from '@lezer/common';

/** A part of a text, from one character to before another. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where in a text of JSON a fault is: where it stops being JSON, or else what the sentence begins with, such as
 * `properties.a.type must be …`. Null where it is nowhere.
 */
export function placeJsonFault(text: string, message: string): TextRange | null {
  const tree = jsonLanguage.parser.parse(text);
  const broken = findBreak(tree);
  if (broken !== null) return widen(text, broken);
  const root = tree.topNode.firstChild;
  if (root === null) return null;
  const named = namedParts(text, root, '', message).filter(({ place }) => message.startsWith(`${place} `));
  return named.sort((a, b) => b.place.length - a.place.length)[0]?.shown ?? null;
}

function findBreak(tree: Tree): TextRange | null {
  let found: TextRange | null = null;
  tree.iterate({
    enter({ type, from, to }) {
      if (type.isError) found ??= { from, to };
      return found === null;
    },
  });
  return found;
}

/** Something that lacks is shown at what stands in its place, or at the last that stands there. */
function widen(text: string, { from, to }: TextRange): TextRange | null {
  if (from < to) return { from, to };
  const next = text.slice(from).search(/\S/);
  if (next !== -1) return { from: from + next, to: from + next + 1 };
  const { length } = text.trimEnd();
  return length === 0 ? null : { from: length - 1, to: length };
}

/** What is inside of a value with a place that the sentence may begin with. */
function namedParts(text: string, value: SyntaxNode, place: string, message: string): readonly Part[] {
  return partsOf(text, value, place)
    .filter((part) => message.startsWith(part.place))
    .flatMap((part) => [part, ...namedParts(text, part.value, part.place, message)]);
}

interface Part {
  readonly value: SyntaxNode;
  readonly place: string;
  /** What is underlined: a short value itself, or what it is named by. */
  readonly shown: TextRange;
}

function partsOf(text: string, { name, firstChild }: SyntaxNode, place: string): readonly Part[] {
  const children: SyntaxNode[] = [];
  for (let child = firstChild; child !== null; child = child.nextSibling) children.push(child);
  if (name === 'Object') {
    return children.flatMap((property) => {
      const [key, value] = [property.getChild('PropertyName'), property.lastChild];
      if (key === null || value === null) return [];
      const word = JSON.parse(text.slice(key.from, key.to)) as string;
      return [{ value, place: place === '' ? word : `${place}.${word}`, shown: rangeOf(isShort(value) ? value : key) }];
    });
  }
  if (name !== 'Array') return [];
  return children
    .filter((child) => valueNames.includes(child.name))
    .map((value, index) => ({
      value,
      place: `${place}[${index}]`,
      shown: isShort(value) ? rangeOf(value) : { from: value.from, to: value.from + 1 },
    }));
}

const valueNames: readonly string[] = ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'];

/** Of a node, whose own end is no field of it. */
const rangeOf = ({ from, to }: SyntaxNode): TextRange => ({ from, to });

const isShort = ({ name }: SyntaxNode) => name !== 'Object' && name !== 'Array';
