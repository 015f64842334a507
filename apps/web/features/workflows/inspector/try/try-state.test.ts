import type { TryEvent } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { begun, putTryEvent, stopTry } from './try-state.ts';

const play = (...events: TryEvent[]) => events.reduce(putTryEvent, begun);
const piece = (text: string, thinking = ''): TryEvent => ({ type: 'piece', text, thinking });

it('puts the pieces of the last call together', () => {
  const call: TryEvent = { type: 'call', request: { model: 'a' } };
  expect(play(call, piece('one'), call, piece('', 'hm'), piece('tw'), piece('o'))).toMatchObject({
    text: 'two',
    thinking: 'hm',
    status: 'running',
  });
});

it('ends once, however', () => {
  const end: TryEvent = { type: 'finished', request: {}, output: 1, thinking: null, cost: '0.1', latency_ms: 5 };
  expect(stopTry(play(piece('a'), end), 'broke off')).toMatchObject({ status: 'finished', output: 1, cost: '0.1' });
  expect(stopTry(play(piece('a')), null)).toMatchObject({ status: 'stopped', text: 'a', error: null });
  expect(stopTry(begun, 'broke off')).toMatchObject({ status: 'failed', error: 'broke off' });
});
