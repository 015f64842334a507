import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { type Answer, postChat } from './__fixtures__/post-chat.ts';

let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand.close());

describe('an answer', () => {
  it('comes back with its cost, and is written down with the same', async () => {
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ choices: [{ message: { content: 'You said: Hello there' } }] });
    expect(answer.headers).toMatchObject({
      'x-pipelines-model': stand.slug,
      'x-pipelines-provider': 'openai-compatible',
      'x-pipelines-attempts': '1',
      'x-request-id': expect.any(String),
    });
    const [row] = await stand.gateway.attemptsOf(stand.slug);
    const { prompt_tokens: asked, completion_tokens: said } = usageOf(answer);
    expect(row).toMatchObject({
      status: 'succeeded',
      http_status: 200,
      stream: false,
      prompt_tokens: asked,
      completion_tokens: said,
      finish_reason: 'stop',
    });
    expect(answer.text).toContain(`"cost":${row?.cost}}`);
    expect(answer.headers['x-pipelines-credential']).toBe(row?.credential_id);
  });

  it('keeps every byte of request and answer but the model and the cost', async () => {
    const request = `{ "zebra":1.0,  "model" : "${stand.slug}","messages":[{"role":"user","content":"\\u00e9 \\ud83d\\ude00","x_extra":{"a":[1e3,-0]}}],"seed":7,"logit_bias":{"50256":-100},"top_k":40, "unknown":{"deep":[null,{}]} }`;
    const body =
      '{"id":"x","object":"chat.completion","created":1,"model":"llama-3","system_fingerprint":"fp","provider":"Acme","choices":[{"index":0,"native_finish_reason":"STOP","logprobs":{"content":[{"token":"\\u00e9","logprob":-0.10}]},"message":{"role":"assistant","content":"a \\"usage\\":{} b","reasoning_details":[{"type":"reasoning.text","signature":"sig=="}],"annotations":[1.50]},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"prompt_tokens_details":{"cached_tokens":1}},"x_tail":[1.0,2e5]}';
    stand.upstream.answerOnce({ status: 200, body });
    const answer = await postChat(stand.gateway.url, request);
    expect(stand.upstream.requests.at(-1)?.bytes.toString()).toBe(request.replace(`"${stand.slug}"`, '"llama-3"'));
    expect(answer.text).toBe(body.replace('"cached_tokens":1}}', '"cached_tokens":1},"cost":0.000021}'));
  });

  it("puts our cost in place of the provider's own, and keeps that in the log", async () => {
    stand.upstream.answerOnce({ usage: { prompt_tokens: 1_000_003, cost: 0.5, completion_tokens: 0, total_tokens: 1_000_003 } });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    expect(answer.text).toContain('"prompt_tokens":1000003,"cost":0.15000045,"completion_tokens":0');
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ cost: '0.15000045', provider_cost: '0.5' });
  });

  it('says nothing of a cost that is unknown', async () => {
    const unpriced = await stand.addModel('Unpriced');
    const answer = await postChat(stand.gateway.url, { model: unpriced, messages: hello });
    expect(answer.text).not.toContain('cost');
    expect((await stand.gateway.attemptsOf(unpriced))[0]).toMatchObject({ cost: null, prompt_tokens: expect.any(Number) });
  });

  it('never costs less than nothing, whatever the provider counts', async () => {
    stand.upstream.answerOnce({ usage: { prompt_tokens: -100, completion_tokens: 1e308, total_tokens: 0 } });
    const answer = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    expect(answer.status).toBe(200);
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ cost: null, prompt_tokens: null });
  });
});

describe('a stream', () => {
  it('passes whole, and costs what the same answer costs unstreamed', async () => {
    const whole = await postChat(stand.gateway.url, { model: stand.slug, messages: hello });
    const stream = await postChat(stand.gateway.url, {
      model: stand.slug,
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.events.at(-1)).toBe('[DONE]');
    const usage = JSON.parse(stream.events.at(-2) ?? '') as { usage: unknown; choices: unknown };
    expect(usage).toMatchObject({ choices: [], usage: whole.json?.usage });
    const rows = await stand.gateway.attemptsOf(stand.slug);
    expect(rows[0]).toMatchObject({
      stream: true,
      status: 'succeeded',
      cost: rows[1]?.cost,
      prompt_tokens: rows[1]?.prompt_tokens,
      finish_reason: 'stop',
    });
  });

  it('keeps the usage chunk to us where the caller did not ask for it', async () => {
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stand.upstream.requests.at(-1)?.body).toMatchObject({ stream_options: { include_usage: true } });
    expect(stream.text).not.toContain('"usage"');
    expect(stream.events.at(-1)).toBe('[DONE]');
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ prompt_tokens: expect.any(Number), cost: expect.any(String) });
  });

  it('keeps every byte of every event, however the network cuts them', async () => {
    const events = [
      ': a comment\n\n',
      'event: message\r\ndata: {"id":"1","choices":[{"index":0,"delta":{"content":"é😀"},"logprobs":{"content":[{"logprob":-1.50}]}}]}\r\n\r\n',
      'data: {"id":"1","choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.encrypted","data":"c2ln"}],"tool_calls":[{"index":0,"extra_content":{"google":{"thought_signature":"s=="}}}]}}]}\n\n',
      'data: {"id":"1","choices":[{"index":0,"delta":{"annotations":[1.0]},"finish_reason":"stop"}],"provider":"x"}\n\n',
      'data: [DONE]\n\n',
    ];
    const bytes = Buffer.from(events.join(''));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.subarray(index * 7, index * 7 + 7));
    stand.upstream.answerOnce({ rawStream: pieces, chunkDelayMs: 1 });
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.text).toBe(events.join(''));
  });

  it('keeps odd events as they are, and adds nothing to them but the cost of each usage', async () => {
    const usage = (completion: number) => `{ "completion_tokens":${completion},"prompt_tokens":100,"x":1.0`;
    const events = [
      ': OPENROUTER PROCESSING\n\n',
      'data: {"choices":[],"prompt_filter_results":[{"error":null}]}\n\n',
      // The same call may come without its index, with its ID again, or whole.
      'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\\"error\\":"}}]}}]}\n\n',
      'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"id":"a","function":{"arguments":"{\\"usage\\":{\\"prompt_tokens\\":5}}}"}}]}}]}\n\n',
      `data: {"choices":[{"index":0,"delta":{"reasoning":"r","reasoning_content":"r"}}],"usage":${usage(1)}}}\n\n`,
      'event: odd\nid: 7\nretry: 10\ndata: {"unknown":[1e2,{"deep":-0}]}\n\n',
      `data: {"choices":[{"index":0,"delta":{},"finish_reason":"eos","seed":9007199254740993}],"usage":${usage(20)}}}\r\n\r\n`,
    ].join('');
    stand.upstream.answerOnce({ rawStream: [Buffer.from(events)] });
    const stream = await postChat(stand.gateway.url, {
      model: stand.slug,
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    // No [DONE] came, and none is made up.
    expect(stream.text).toBe(events.replace(usage(1), `${usage(1)},"cost":0.0000156`).replace(usage(20), `${usage(20)},"cost":0.000027`));
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({
      status: 'succeeded',
      finish_reason: 'stop',
      completion_tokens: 20,
      cost: '0.000027',
    });
  });

  it('hands on what came before an error in the same piece, and nothing after it', async () => {
    const good = 'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n';
    stand.upstream.answerOnce({ rawStream: [`${good}data: {"error":{"message":"overloaded","code":502}}\n\n${good}data: [DONE]\n\n`] });
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.text.startsWith(good)).toBe(true);
    expect(stream.events).toHaveLength(2);
    expect(JSON.parse(stream.events[1] ?? '')).toMatchObject({ error: { code: 'upstream_error' } });
    expect((await stand.gateway.attemptsOf(stand.slug))[0]).toMatchObject({ status: 'incomplete' });
  });

  it('of ten thousand chunks in one burst loses none', async () => {
    const chunk = (at: number) => `data: {"choices":[{"index":0,"delta":{"content":"${at} "}}]}\n\n`;
    const ending = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const events = [...Array.from({ length: 10_000 }, (_, at) => chunk(at)), ending];
    stand.upstream.answerOnce({ rawStream: events });
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.text === events.join('')).toBe(true);
  });

  it('keeps the caller company while the provider is silent', async () => {
    stand.upstream.answerOnce({ chunks: ['a', 'b'], chunkDelayMs: 700 });
    const stream = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(stream.text.match(/^: keep-alive$/gm)?.length).toBeGreaterThanOrEqual(2);
    expect(stream.events.at(-1)).toBe('[DONE]');
  });
});

function usageOf({ json }: Answer): Readonly<Record<string, unknown>> {
  return json?.usage as Readonly<Record<string, unknown>>;
}
