import type { ToolCallEntry, TryEvent } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { begun, putTryEvent, stopTry } from './try-state.ts';

const play = (...events: TryEvent[]) => events.reduce(putTryEvent, begun);
const call = (round = 1): TryEvent => ({ type: 'call', round, request: { model: 'a' } });
const piece = (text: string, thinking = ''): TryEvent => ({ type: 'piece', text, thinking });
const weather: ToolCallEntry = {
  ...{ id: 'call-1', round: 1, endpoint_id: null, endpoint_name: 'Sky', tool: 'get_weather', arguments: { city: 'Paris' } },
  ...{ status: 'running', result: null, error: null, latency_ms: null, started_at: '2026-01-01T00:00:00.000Z' },
};
const alerts: ToolCallEntry = { ...weather, id: 'call-2', tool: 'alerts' };
const answered: ToolCallEntry = { ...weather, status: 'succeeded', result: 'Sunny', latency_ms: 3 };

it('puts the pieces of a call together, and begins anew with its first round', () => {
  expect(play(call(), piece('one'), call(), piece('', 'hm'), piece('tw'), piece('o'))).toMatchObject({
    rounds: [{ text: 'two', thinking: 'hm', calls: [] }],
    status: 'running',
  });
});

it('keeps what each round has said, and what has come of its tools', () => {
  const asked = [call(), piece('Let me look.'), { type: 'tool_call', call: weather }, { type: 'tool_call', call: alerts }] as const;
  expect(play(...asked).rounds).toEqual([{ number: 1, text: 'Let me look.', thinking: '', calls: [weather, alerts] }]);
  const told = play(...asked, { type: 'tool_call', call: answered }, call(2), piece('It is '), piece('sunny'));
  expect(told.rounds).toEqual([
    { number: 1, text: 'Let me look.', thinking: '', calls: [answered, alerts] },
    { number: 2, text: 'It is sunny', thinking: '', calls: [] },
  ]);
  expect(putTryEvent(told, call()).rounds).toEqual([{ number: 1, text: '', thinking: '', calls: [] }]);
});

it('ends once, however', () => {
  const end: TryEvent = { type: 'finished', request: {}, output: 1, thinking: null, cost: '0.1', latency_ms: 5 };
  expect(stopTry(play(call(), piece('a'), end), 'broke off')).toMatchObject({ status: 'finished', output: 1, cost: '0.1' });
  expect(stopTry(play(call(), piece('a')), null)).toMatchObject({ status: 'stopped', rounds: [{ text: 'a' }], error: null });
  expect(stopTry(begun, 'broke off')).toMatchObject({ status: 'failed', error: 'broke off' });
});
