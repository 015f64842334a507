import { expect, it } from 'vitest';
import { followGeneration } from './follow-generation.ts';

function startAt(generation: number) {
  const follower = followGeneration();
  follower.begin(null).worked(generation);
  return follower;
}

it('is the last change that has been loaded, with all before it', () => {
  const follower = startAt(7);
  follower.announced(8, 'a');
  follower.announced(9, 'b');
  follower.announced(10, undefined);
  expect(follower.loaded).toBe(7);
  const ofB = follower.begin('b');
  ofB.worked(null);
  expect(follower.loaded).toBe(7);
  const ofA = follower.begin('a');
  expect(follower.loaded).toBe(7);
  ofA.worked(null);
  expect(follower.loaded).toBe(10);
});

it('does not count a change that comes while its scope is being loaded', () => {
  const follower = startAt(1);
  follower.announced(2, 'a');
  const load = follower.begin('a');
  follower.announced(3, 'a');
  load.worked(null);
  expect(follower.loaded).toBe(2);
  follower.begin('a').worked(null);
  expect(follower.loaded).toBe(3);
});

it('stays behind a failed load until everything has been loaded', () => {
  const follower = startAt(1);
  follower.announced(2, 'a');
  follower.begin('a').failed();
  follower.announced(3, undefined);
  expect(follower.loaded).toBe(1);
  follower.begin(null).worked(3);
  expect(follower.loaded).toBe(3);
});

it('does not pass over a notice that was missed', () => {
  const follower = startAt(1);
  follower.announced(3, 'a');
  follower.begin('a').worked(null);
  expect(follower.loaded).toBe(1);
  follower.begin(null).worked(4);
  expect(follower.loaded).toBe(4);
});
