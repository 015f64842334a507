import { openAdmission, type SettledAttempt, unlimitedCall } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import type { ChatOnceInput, EndedAttempt } from './complete-chat-once.ts';

let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand.close());

const ask = (signal: AbortSignal, onAttempt: (attempt: EndedAttempt) => void, more: Partial<ChatOnceInput> = {}) =>
  stand.gateway.completeChatOnce({
    principal: stand.gateway.principal,
    body: { model: stand.slug, messages: [{ role: 'user', content: 'Hello' }] },
    requestId: 'req_once',
    source: 'workflow',
    stepRunId: '0191b0f0-0000-7000-8000-000000000001',
    idempotencyKey: 'key-1',
    signal,
    onAttempt,
    ...more,
  });

it('answers in one piece, under the caller’s key, with the exact cost', async () => {
  stand.upstream.answerOnce({ text: 'Well done', reasoning: 'Hm.' });
  const attempts: EndedAttempt[] = [];
  const answer = await ask(new AbortController().signal, (attempt) => attempts.push(attempt));
  expect(answer).toMatchObject({ text: 'Well done', thinking: 'Hm.', toolCalls: [], finishReason: 'stop' });
  expect(stand.upstream.requests.at(-1)?.headers['idempotency-key']).toBe('key-1');
  expect(attempts).toHaveLength(1);
  expect(Number(attempts[0]?.cost)).toBeGreaterThan(0);
});

it('tells which errors may pass', async () => {
  stand.upstream.answerOnce({ status: 500, body: { error: { message: 'no' } } });
  const never = new AbortController().signal;
  await expect(ask(never, () => {})).rejects.toMatchObject({ code: 'upstream_error', transient: true });
  stand.upstream.answerOnce({ status: 400, body: { error: { message: 'no' } } });
  await expect(ask(never, () => {})).rejects.toMatchObject({ transient: false });
});

it('hangs up at the provider when it is canceled, and still counts the attempt', async () => {
  stand.upstream.answerOnce({ hang: 'headers' });
  const abort = new AbortController();
  const attempts: EndedAttempt[] = [];
  const before = stand.upstream.requests.length;
  const asked = ask(abort.signal, (attempt) => attempts.push(attempt));
  asked.catch(() => undefined);
  await expect.poll(() => stand.upstream.requests.length).toBe(before + 1);
  abort.abort();
  await expect(asked).rejects.toMatchObject({ code: 'client_closed_request' });
  await stand.upstream.waitForAbort(1_000);
  expect(attempts.map((attempt) => attempt.end.status)).toEqual(['canceled']);
});

it.each([undefined, () => undefined])('costs nothing where the caller has gone before it was sent, streamed: %s', async (onPiece) => {
  const settled: SettledAttempt[] = [];
  const admitted = { ...unlimitedCall, settle: (attempt: SettledAttempt) => void settled.push(attempt) };
  stand.gateway.admitBy({ admit: () => admitted });
  const attempts: EndedAttempt[] = [];
  const before = stand.upstream.requests.length;
  const asked = ask(AbortSignal.abort(), (attempt) => attempts.push(attempt), onPiece && { onPiece });
  await expect(asked).rejects.toMatchObject({ code: 'client_closed_request' });
  stand.gateway.admitBy(openAdmission);
  expect(stand.upstream.requests.length).toBe(before);
  expect(attempts).toMatchObject([{ end: { status: 'canceled' }, cost: '0' }]);
  expect(settled).toEqual([{ usage: null, cost: '0', free: true }]);
});

describe('with somebody who watches', () => {
  const never = new AbortController().signal;

  it('tells the answer as it comes, and gives the same whole', async () => {
    stand.upstream.answerOnce({
      chunks: ['Well ', 'd', 'one'],
      reasoning: 'Hm.',
      toolCalls: [
        { id: 'call_1', name: 'look', arguments: '{"at":"a"}' },
        { id: 'call_2', name: 'look', arguments: '{"at":"b"}' },
      ],
    });
    const pieces: string[] = [];
    const attempts: EndedAttempt[] = [];
    const answer = await ask(never, (attempt) => attempts.push(attempt), {
      onPiece: ({ text, thinking }) => pieces.push(text || `(${thinking})`),
    });
    expect(pieces).toEqual(['(Hm.)', 'Well ', 'd', 'one']);
    expect(answer).toMatchObject({ text: 'Well done', thinking: 'Hm.', finishReason: 'tool_calls' });
    expect(answer.toolCalls.map(({ id, function: called }) => [id, called.name, called.arguments])).toEqual([
      ['call_1', 'look', '{"at":"a"}'],
      ['call_2', 'look', '{"at":"b"}'],
    ]);
    expect(stand.upstream.requests.at(-1)?.body).toMatchObject({ stream: true });
    expect(Number(attempts[0]?.cost)).toBeGreaterThan(0);
  });

  it('tells of a stream that breaks off as of any failure that may pass', async () => {
    stand.upstream.answerOnce({ chunks: ['Well ', 'd'], breakAfterChunks: 2 });
    await expect(ask(never, () => {}, { onPiece: () => {} })).rejects.toMatchObject({ code: 'upstream_error', transient: true });
  });

  it('hangs up in the middle of a stream', async () => {
    stand.upstream.answerOnce({ chunks: ['Well ', 'd'], hang: 'stream' });
    const abort = new AbortController();
    const statuses: string[] = [];
    const asked = ask(abort.signal, ({ end }) => statuses.push(end.status), { onPiece: ({ text }) => text === 'd' && abort.abort() });
    await expect(asked).rejects.toThrow();
    await stand.upstream.waitForAbort(2_000);
    expect(statuses).toEqual(['canceled']);
  });
});
