import { startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddChunks } from './__fixtures__/odd-chunks.ts';
import { fakeKey, hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { postChat } from './__fixtures__/post-chat.ts';
import { CollectingSink } from './collecting-sink.ts';
import { messagesDialect } from './dialects/messages/messages-dialect.ts';
import { responsesDialect } from './dialects/responses/responses-dialect.ts';

let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand.close());

describe('a stream that goes wrong', () => {
  it.each([
    ['is cut', { chunks: ['a', 'b', 'c'], breakAfterChunks: 3, chunkDelayMs: 20 }],
    ['ends without a finish', { rawStream: ['data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'] }],
  ])('tells in its last event that it %s, and never says [DONE]', async (_, script) => {
    stand.upstream.answerOnce(script);
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.status).toBe(200);
    expect(stream.events).not.toContain('[DONE]');
    expect(JSON.parse(stream.events.at(-1) ?? '')).toMatchObject({
      error: { code: 'upstream_error', type: 'api_error', request_id: expect.any(String) },
    });
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({
      status: 'incomplete',
      cause: 'connection_lost',
      http_status: 200,
    });
  });

  it("gives the provider's error inside it in our words", async () => {
    const secret = `quota of ${fakeKey} is used up`;
    stand.upstream.answerOnce({
      rawStream: ['data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n', `data: {"error":{"code":429,"message":"${secret}"}}\n\n`],
    });
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.text).not.toContain(fakeKey);
    expect(stream.events).toHaveLength(2);
    expect(JSON.parse(stream.events[1] ?? '')).toHaveProperty('error.code');
    expect(stream.events).not.toContain('[DONE]');
  });

  it('tells an error by status while nothing has been sent', async () => {
    stand.upstream.answerOnce({
      rawStream: [`data: {"error":{"code":400,"message":"context_length_exceeded ${fakeKey}","code":"context_length_exceeded"}}\n\n`],
    });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { code: 'context_length_exceeded', param: 'messages' } });
    expect(answer.text).not.toContain(fakeKey);
  });

  it('does not take comments for the beginning of an answer', async () => {
    const comment = ': OPENROUTER PROCESSING\n\n';
    const [model, other] = [await stand.addModel('Slow to begin'), await stand.addModel('Stands in')];
    stand.gateway.fallBackTo([other]);
    stand.upstream.answerOnce(
      { rawStream: [comment, comment, 'data: {"error":{"code":502,"message":"x"}}\n\n'], chunkDelayMs: 20 },
      { rawStream: [comment, 'data: {"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}\n\n', 'data: [DONE]\n\n'] },
    );
    const answer = await postChat(stand.gateway.url, { model, messages: hello, stream: true });
    stand.gateway.fallBackTo(undefined);
    expect(answer.headers).toMatchObject({ 'x-pipelines-model': other, 'x-pipelines-attempts': '2' });
    expect(answer.text.startsWith(comment)).toBe(true);
    expect(answer.events.at(-1)).toBe('[DONE]');
  });

  it('refuses a JSON answer to a call that wanted a stream', async () => {
    stand.upstream.answerOnce({
      status: 200,
      body: '{"choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}',
    });
    expect((await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true })).status).toBe(502);
    // It is of no use to the caller, but has been charged.
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'failed', cause: 'not_openai_shape', cost: '0.00021' });
  });
});

it.each([
  [200, 'incomplete'],
  [500, 'failed'],
])('an answer of %i without end is cut off, though a stream was asked for', async (status, logged) => {
  stand.upstream.answerOnce({ status, headers: { 'content-type': 'application/json' }, body: `{"x":"${'y'.repeat(70 * 1024 * 1024)}"}` });
  const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
  expect(answer.status).toBe(502);
  expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: logged, cause: 'response_too_large' });
});

it('a whole answer that breaks off after it has begun may have been charged for', async () => {
  stand.upstream.answerOnce({
    status: 200,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{"choices":',
  });
  expect((await postChat(stand.gateway.url, { model: stand.slug, messages: hello })).status).toBe(502);
  expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'incomplete', cause: 'connection_lost', cost: null });
});

describe('a stream of chunks that no chat is made of', () => {
  const script = {
    rawStream: [
      'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}\n\n',
      ...oddChunks.map((data) => `data: ${data}\n\n`),
      // A call that is told whole, its arguments read already, under a number that no list has.
      'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":4000000000,"id":"c","function":{"name":"f","arguments":{"x":1}}}]}}]}\n\n',
      'data: {"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}\n\n',
      'data: [DONE]\n\n',
    ],
  };
  const caller = () => ({
    principal: stand.gateway.principal,
    apiKeyId: null,
    memberId: null,
    requestId: 'req_odd',
    source: 'gateway' as const,
  });

  it('is told to those inside as far as it says anything', async () => {
    stand.upstream.answerOnce(script);
    const pieces: string[] = [];
    const { principal, requestId } = caller();
    const body = { model: stand.slug, messages: [{ role: 'user' as const, content: 'Hi' }] };
    const onPiece = ({ text }: { readonly text: string }) => void pieces.push(text);
    const signal = AbortSignal.timeout(10_000);
    const answer = await stand.gateway.completeChatOnce({ principal, requestId, source: 'workflow', body, signal, onPiece });
    expect(pieces).toEqual(['a', 'b']);
    expect(answer.toolCalls).toEqual([{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }]);
  });

  it.each([
    ['Messages', messagesDialect, { max_tokens: 9, messages: hello }, 'message_stop'],
    ['Responses', responsesDialect, { input: 'Hi' }, 'response.completed'],
  ] as const)('is told in words of %s as far as it says anything', async (_, dialect, request, last) => {
    stand.upstream.answerOnce(script);
    const sink = new CollectingSink(AbortSignal.timeout(10_000));
    const body = Buffer.from(JSON.stringify({ model: stand.slug, stream: true, ...request }));
    await stand.gateway.gateway.completeChat({ ...caller(), dialect, body, sink });
    expect(sink.bytes.toString()).toContain(last);
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['Messages', messagesDialect, { max_tokens: 9, messages: hello }],
    ['Responses', responsesDialect, { input: 'Hi' }],
  ] as const)('is told in words of %s, whole too', async (_, dialect, request) => {
    const told = { content: [null, { text: 'a' }], tool_calls: [null, { id: 'x' }], reasoning_details: [null], reasoning: 5, refusal: {} };
    const choice = { index: 0, message: { role: 'assistant', ...told }, finish_reason: 'stop' };
    stand.upstream.answerOnce({ status: 200, body: JSON.stringify({ choices: [choice] }) });
    const sink = new CollectingSink(AbortSignal.timeout(10_000));
    const body = Buffer.from(JSON.stringify({ model: stand.slug, ...request }));
    await stand.gateway.gateway.completeChat({ ...caller(), dialect, body, sink });
    expect(sink.bytes.toString()).toContain('"text":"a"');
  });

  it('ends in an error where it cannot be told, and ends nobody else', async () => {
    stand.upstream.answerOnce({ chunks: ['a', 'b', 'c'], chunkDelayMs: 20 });
    class FullSink extends CollectingSink {
      override write(): boolean {
        throw new TypeError('There are no words for this.');
      }
    }
    const sink = new FullSink(AbortSignal.timeout(10_000));
    const body = Buffer.from(JSON.stringify({ model: stand.slug, stream: true, messages: hello }));
    await stand.gateway.gateway.completeChat({ ...caller(), body, sink });
    expect(sink.bytes.toString()).toContain('"error"');
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'incomplete', cause: 'not_openai_shape' });
  });
});

describe('refusals of the provider', () => {
  it.each([
    [401, { error: { message: `Incorrect API key provided: ${fakeKey}`, code: 'invalid_api_key' } }, 502, 'upstream_error', 'bad_key'],
    [
      400,
      { error: { message: `maximum context length is 8192 tokens ${fakeKey}`, code: 'context_length_exceeded' } },
      400,
      'context_length_exceeded',
      'context_too_long',
    ],
    [
      404,
      { error: { message: `The model ${fakeKey} does not exist.`, type: 'NotFoundError', code: 404 } },
      502,
      'upstream_error',
      'model_not_found',
    ],
    [302, '<html>', 502, 'upstream_error', 'redirected'],
    [200, '<html>hi</html>', 502, 'upstream_error', 'not_openai_shape'],
    [500, `Traceback ${fakeKey}`, 502, 'upstream_error', 'upstream_unavailable'],
  ])('says of a %i in our words what it means', async (status, body, ours, code, cause) => {
    const before = stand.upstream.requests.length;
    stand.upstream.answerOnce({ status, body });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    expect(answer.status).toBe(ours);
    expect(answer.json).toMatchObject({ error: { code, message: expect.stringContaining(stand.slug) } });
    expect(answer.text).not.toContain(fakeKey);
    expect(stand.upstream.requests.length).toBe(before + 1);
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'failed', cause });
  });

  it('repeats a call that the provider has not begun, and counts each attempt', async () => {
    stand.upstream.answerOnce({ status: 429, body: '{}', headers: { 'retry-after': '0' } }, { status: 503, body: '{}' });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-pipelines-attempts']).toBe('3');
    const rows = (await stand.gateway.attemptsOf(stand.slug)).slice(0, 3);
    expect(rows.map(({ status, cause }) => [status, cause])).toEqual([
      ['succeeded', null],
      ['failed', 'upstream_unavailable'],
      ['failed', 'rate_limited'],
    ]);
    expect(new Set(rows.map((row) => row.request_id)).size).toBe(1);
  });

  it('gives up after three attempts, and hands on how long to wait', async () => {
    const limited = { status: 429, body: '{}', headers: { 'retry-after': '1' } };
    const before = stand.upstream.requests.length;
    stand.upstream.answerOnce(limited, limited, { ...limited, headers: { 'retry-after': '30' } });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('30');
    expect(answer.json).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limited' } });
    expect(stand.upstream.requests.length).toBe(before + 3);
  });

  it.each([false, true])('does not repeat a call whose connection broke after it was sent, streamed: %s', async (stream) => {
    const before = stand.upstream.requests.length;
    stand.upstream.answerOnce({ breakAfterChunks: 0 });
    await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream });
    expect(stand.upstream.requests.length).toBe(before + 1);
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'incomplete', cause: 'connection_lost', cost: null });
  });

  it('repeats a call whose connection was refused', async () => {
    const own = await startFakeOpenAi({ apiKey: null });
    const connection = { provider: 'openai-compatible', auth_kind: 'none', base_url: own.baseUrl, provider_model_id: 'm' } as const;
    const model = await stand.gateway.addModel(connection, 'Gone');
    await own.close();
    expect((await postChat(stand.gateway.url, { model, messages: hello })).status).toBe(502);
    const rows = await stand.gateway.attemptsOf(model);
    expect(rows.map((row) => [row.status, row.cause, row.http_status])).toEqual(Array(3).fill(['failed', 'connection_refused', null]));
  });
});
