import { expect, it } from 'vitest';
import { ContentBudget } from './bounded-bytes.ts';
import { createDraft, type DraftedContent } from './create-draft.ts';

const hide = (text: string) => text;
const bytes = (text: string) => Buffer.from(text);

function take(budget: ContentBudget, answers: readonly string[]) {
  let kept: readonly DraftedContent[] = [];
  let keptBytes = 0;
  const draft = createDraft('org', bytes('{"model":"a"}'), budget, (contents, size) => {
    kept = contents;
    keptBytes = size;
  });
  draft.addAttempt('1', bytes('{"model":"b"}'), hide);
  draft.addAttempt('2', bytes('{"model":"a"}'), hide);
  for (const answer of answers) draft.addAnswer(bytes(answer));
  draft.end();
  draft.end();
  return { kept, keptBytes };
}

it('gives each attempt what went out, where it differs, and the last one the answer', () => {
  const { kept, keptBytes } = take(new ContentBudget(1_000), ['one ', 'two']);
  expect(kept.map(({ attemptId, upstreamRequest, answer }) => [attemptId, upstreamRequest?.toBody().text, answer?.toBody().text])).toEqual([
    ['1', '{"model":"b"}', undefined],
    ['2', undefined, 'one two'],
  ]);
  expect(keptBytes).toBe(13 + 13 + 7);
});

it('keeps beginnings where memory is short, never a later part, and no character by half', () => {
  const { kept, keptBytes } = take(new ContentBudget(26 + 5), ['éé', 'é', 'end']);
  expect(kept[1]?.answer?.toBody()).toEqual({ text: 'éé', bytes: 9, truncated: true });
  expect(keptBytes).toBe(31);
});

it('keeps a copy: what the caller sent may be overwritten meanwhile', () => {
  const body = bytes('{"model":"a"}');
  let kept: readonly DraftedContent[] = [];
  const draft = createDraft('org', body, new ContentBudget(100), (contents) => {
    kept = contents;
  });
  draft.addAttempt('1', null, hide);
  body.fill(0);
  draft.end();
  expect(kept[0]?.request.toBody().text).toBe('{"model":"a"}');
});
