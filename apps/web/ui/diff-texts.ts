import { diffLines, diffWordsWithSpace } from 'diff';

export interface DiffPart {
  readonly key: number;
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this words cost too much time, and lines are compared. */
const maxWordsLength = 20_000;
const timeoutMs = 1_000;

/** What went and what came between two texts, word by word; long ones line by line; as a whole where even that takes too long. */
export function diffTexts(before: string, after: string): DiffPart[] {
  const options = { timeout: timeoutMs };
  const changes =
    before.length + after.length > maxWordsLength ? diffLines(before, after, options) : diffWordsWithSpace(before, after, options);
  const whole = [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  return (changes ?? whole).map(({ removed, added, value }, key) => ({
    key,
    kind: removed ? 'removed' : added ? 'added' : 'same',
    text: value,
  }));
}
