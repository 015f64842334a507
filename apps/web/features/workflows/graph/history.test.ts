import { expect, it } from 'vitest';
import { beginHistory, record, redo, undo } from './history.ts';

it('goes back and forth through at least 50 changes', () => {
  let history = beginHistory(0);
  for (let value = 1; value <= 60; value += 1) history = record(history, value, null, value);
  for (let step = 0; step < 60; step += 1) history = undo(history);
  expect(history.present).toBe(0);
  expect(undo(history)).toBe(history);
  for (let step = 0; step < 60; step += 1) history = redo(history);
  expect(history.present).toBe(60);
  expect(redo(history)).toBe(history);
});

it('takes typing in one field as one change, until there is a pause or another field', () => {
  let history = record(beginHistory(''), 'a', 'prompt', 0);
  history = record(history, 'ab', 'prompt', 500);
  history = record(history, 'abc', 'prompt', 1_400);
  expect(undo(history).present).toBe('');
  expect(undo(record(history, 'abcd', 'prompt', 3_000)).present).toBe('abc');
  expect(undo(record(history, 'x', 'title', 1_500)).present).toBe('abc');
});

it('forgets what was undone once something else is done', () => {
  const history = record(undo(record(beginHistory(1), 2, null, 0)), 3, null, 0);
  expect(redo(history).present).toBe(3);
});

it('records nothing when nothing changes', () => {
  const history = beginHistory('same');
  expect(record(history, 'same', null, 0)).toBe(history);
});
