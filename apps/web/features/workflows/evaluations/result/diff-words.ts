export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its place among the parts. */
  readonly at: number;
}

/** Longer texts are shown without a diff: finding one takes time by the product of their lengths. */
const maxWords = 1_500;

/** What must be taken out of one text and put in to get the other, word by word; null for texts that are too long. */
export function diffWords(before: string, after: string): DiffPart[] | null {
  const one = toWords(before);
  const other = toWords(after);
  if (one.length > maxWords || other.length > maxWords) return null;
  const lengths = commonLengths(one, other);
  const parts: DiffPart[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length || right < other.length) {
    if (left < one.length && right < other.length && one[left] === other[right]) {
      push(parts, 'same', one[left] ?? '');
      left += 1;
      right += 1;
    } else if (right >= other.length || (left < one.length && at(lengths, left + 1, right) >= at(lengths, left, right + 1))) {
      push(parts, 'removed', one[left] ?? '');
      left += 1;
    } else {
      push(parts, 'added', other[right] ?? '');
      right += 1;
    }
  }
  return parts;
}

const toWords = (text: string): readonly string[] => text.match(/\s+|[^\s]+/g) ?? [];

type Lengths = readonly Uint16Array[];
const at = (lengths: Lengths, left: number, right: number) => lengths[left]?.[right] ?? 0;

/** How many words the rests of both have in common, from each pair of places on. */
function commonLengths(one: readonly string[], other: readonly string[]): Lengths {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let left = one.length - 1; left >= 0; left -= 1) {
    const row = lengths[left];
    if (row === undefined) continue;
    for (let right = other.length - 1; right >= 0; right -= 1) {
      row[right] =
        one[left] === other[right]
          ? at(lengths, left + 1, right + 1) + 1
          : Math.max(at(lengths, left + 1, right), at(lengths, left, right + 1));
    }
  }
  return lengths;
}

function push(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) parts[parts.length - 1] = { ...last, text: last.text + text };
  else parts.push({ kind, text, at: parts.length });
}
