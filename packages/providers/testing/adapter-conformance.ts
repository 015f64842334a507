import type { ChatChunk, ChatRequest, TokenUsage } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamEvent } from '../adapter.ts';
import type { AdapterCaller } from './call-adapter.ts';
import type { ChatScript } from './chat-script.ts';
import type { FakeUpstream } from './fake-upstream.ts';
import { weatherTool } from './sample-requests.ts';

type Upstream = FakeUpstream & { answerOnce(...scripts: readonly ChatScript[]): void };

/** One adapter with its fake provider, as the suite wants it. */
export interface ConformanceSetup {
  readonly start: () => Promise<{ readonly upstream: Upstream; readonly caller: AdapterCaller }>;
  /** Whether thoughts come back in the answer on this wire. */
  readonly showsReasoning: boolean;
  /** What is read of the rare counts of `rareUsage`: none where this wire has no words for them. */
  readonly rareCounts: Partial<TokenUsage>;
  /** A stream that begins well and then tells, in this wire's words, that the pace is too high. */
  readonly throttledStream: ChatScript;
}

/** What holds for every adapter, whatever its wire: run against its fake provider. */
export function testAdapterConformance(name: string, setup: ConformanceSetup): void {
  describe(`${name}: conformance`, () => {
    let upstream: Upstream;
    let caller: AdapterCaller;
    beforeAll(async () => {
      ({ upstream, caller } = await setup.start());
    });
    afterAll(() => upstream.close());

    const ask = (text: string, extra: Partial<ChatRequest> = {}) => ({ messages: [{ role: 'user' as const, content: text }], ...extra });

    test('a plain answer with usage', async () => {
      const { completion, usage, finishReason } = await caller.complete(ask('ping'));
      expect(completion.choices[0]?.message.content).toBe('pong');
      expect(finishReason).toBe('stop');
      expect(usage).toMatchObject({ promptTokens: 1, completionTokens: 1 });
    });

    test('a streamed answer gives the same text, a finish reason and usage', async () => {
      const events = await caller.stream(ask('größe 😀 ok'));
      expect(textOf(events)).toBe('You said: größe 😀 ok');
      expect(finishOf(events)).toBe('stop');
      expect(events.filter((event) => event.type === 'usage')).toEqual([
        { type: 'usage', usage: expect.objectContaining({ promptTokens: 3, completionTokens: 5 }) },
      ]);
    });

    test('parallel tool calls, plain and streamed', async () => {
      const toolCalls = [
        { id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
        { id: 'call_2', name: 'weather', arguments: '{"city":"Oslo"}' },
      ];
      const wanted = toolCalls.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments }));
      upstream.answerOnce({ toolCalls }, { toolCalls });
      const plain = await caller.complete(ask('weather?', { tools: [weatherTool] }));
      expect(plain.finishReason).toBe('tool_calls');
      expect(plain.completion.choices[0]?.message.tool_calls?.map(({ id, function: call }) => ({ id, ...call }))).toEqual(wanted);
      const events = await caller.stream(ask('weather?', { tools: [weatherTool] }));
      expect(toolCallsOf(events)).toEqual(wanted);
      expect(finishOf(events)).toBe('tool_calls');
    });

    test('a tool loop goes back and is understood', async () => {
      const first = await caller.complete(ask('the weather please', { tools: [weatherTool] }));
      const assistant = first.completion.choices[0]?.message;
      expect(assistant?.tool_calls).toHaveLength(1);
      const result = { role: 'tool' as const, tool_call_id: assistant?.tool_calls?.[0]?.id ?? '', content: 'sunny' };
      const messages = [{ role: 'user' as const, content: 'the weather please' }, ...(assistant ? [assistant] : []), result];
      const second = await caller.complete({ messages, tools: [weatherTool] });
      expect(second.finishReason).toBe('stop');
    });

    test('a JSON schema is obeyed', async () => {
      const schema = { type: 'object', properties: { city: { type: 'string' }, n: { type: 'integer' } }, required: ['city', 'n'] };
      const { completion } = await caller.complete(
        ask('go', { response_format: { type: 'json_schema', json_schema: { name: 'place', schema } } }),
      );
      expect(JSON.parse(String(completion.choices[0]?.message.content))).toEqual({ city: 'text', n: 7 });
    });

    test('an inline image arrives', async () => {
      const url = 'data:image/png;base64,iVBORw0KGgo=';
      const content = [
        { type: 'text', text: 'what is it' },
        { type: 'image_url', image_url: { url } },
      ];
      const { completion } = await caller.complete({ messages: [{ role: 'user', content }] });
      expect(completion.choices[0]?.message.content).toBe('I see 1 image.');
    });

    test('reasoning is asked for in this wire’s own words', async () => {
      const { completion, finishReason } = await caller.complete(ask('think', { reasoning: { effort: 'high' }, max_tokens: 4000 }));
      const message = completion.choices[0]?.message;
      expect(finishReason).toBe('stop');
      if (setup.showsReasoning) expect(message?.reasoning ?? message?.reasoning_content).toBe('Let me think about that.');
    });

    test('the answer’s limit arrives under a name that is understood', async () => {
      for (const limit of [{ max_tokens: 2 }, { max_completion_tokens: 2 }]) {
        expect((await caller.complete(ask('one two three four', limit))).finishReason).toBe('length');
      }
    });

    test('a stream that breaks off is an error, never an end', async () => {
      upstream.answerOnce({ text: 'one two three four', breakAfterChunks: 2 });
      await expect(caller.stream(ask('go'))).rejects.toSatisfy(
        (error: Error) => error.name === 'UpstreamError' || error instanceof TypeError,
      );
      upstream.answerOnce({ text: 'one two', finishReason: null, omitDone: true });
      await expect(caller.stream(ask('go'))).rejects.toMatchObject({ reason: 'connection_lost' });
    });

    test('an error in mid-stream is thrown as ours, after the chunks before it', async () => {
      upstream.answerOnce(setup.throttledStream);
      const error = await caller.stream(ask('go')).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'UpstreamError', reason: 'rate_limited' });
      expect(JSON.stringify(error)).not.toContain('CNRY');
    });

    test.each(['', '<html>hello</html>', 'null', '[]', '{}', '"text"', '{"choices":[]}', '{"output":{}}'])(
      '%j is no answer',
      async (body) => {
        upstream.answerOnce({ status: 200, body });
        await expect(caller.complete(ask('go'))).rejects.toMatchObject({ name: 'UpstreamError', reason: 'not_openai_shape' });
      },
    );

    test('usage that cannot be is unknown, and never negative', async () => {
      for (const value of [-1, 1.5, 1e308, '7', null]) {
        // Of every wire that there is: each reads its own.
        const prompt = { prompt_tokens: value, inputTokens: value, input_tokens: value, promptTokenCount: value };
        const answer = { completion_tokens: 1, outputTokens: 1, output_tokens: 1, candidatesTokenCount: 1 };
        upstream.answerOnce({ usage: { ...prompt, ...answer } });
        expect((await caller.complete(ask('go'))).usage).toBeNull();
      }
    });

    test('audio and searches are counted as the provider tells them, the same whole and streamed', async () => {
      upstream.answerOnce({ usage: rareUsage }, { usage: rareUsage });
      const { usage, completion } = await caller.complete(ask('go'));
      expect(usage).toMatchObject({ promptTokens: 100, completionTokens: 40, ...setup.rareCounts });
      const told = (await caller.stream(ask('go'))).flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
      expect(told).toEqual([usage]);
      // The caller of a translated chat is told what a chat has words for.
      const { audioInputTokens, webSearches } = setup.rareCounts;
      if (audioInputTokens != null) expect(completion.usage?.prompt_tokens_details?.audio_tokens).toBe(audioInputTokens);
      if (webSearches != null) expect(completion.usage?.server_tool_use?.web_search_requests).toBe(webSearches);
    });

    test('an error answer keeps nothing of what it said', async () => {
      const canary = 'CNRY-key-5f1d0c9ab37e4c21';
      upstream.answerOnce({ status: 401, body: { message: `bad key ${canary}`, error: { message: `bad key ${canary}`, code: canary } } });
      const error = await caller.complete(ask('go')).catch((thrown: unknown) => thrown);
      const { inspect } = await import('node:util');
      expect(error).toMatchObject({ name: 'UpstreamError', reason: 'bad_key', status: 401 });
      expect(JSON.stringify(error) + inspect(error, { depth: 9, showHidden: true }) + (error as Error).stack).not.toContain('CNRY');
    });
  });
}

/** In the words of every wire: each reads its own. */
const rareUsage = {
  ...{ prompt_tokens: 100, completion_tokens: 40, total_tokens: 140 },
  ...{ input_tokens: 100, output_tokens: 40, inputTokens: 100, outputTokens: 40, totalTokens: 140 },
  ...{ promptTokenCount: 100, candidatesTokenCount: 40, totalTokenCount: 140 },
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 30 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 12 },
  server_tool_use: { web_search_requests: 2 },
  ...{ service_tier: 'priority', serviceTier: 'flex' },
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 70 },
    { modality: 'AUDIO', tokenCount: 30 },
  ],
  candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 12 }],
};

const chunksOf = (events: readonly StreamEvent[]): ChatChunk[] => events.flatMap((event) => (event.type === 'chunk' ? [event.chunk] : []));
const deltasOf = (events: readonly StreamEvent[]) => chunksOf(events).flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
const textOf = (events: readonly StreamEvent[]): string =>
  deltasOf(events)
    .map((delta) => String(delta.content ?? ''))
    .join('');

function finishOf(events: readonly StreamEvent[]): string | null {
  const reasons = chunksOf(events).flatMap((chunk) => chunk.choices.map((choice) => choice.finish_reason));
  const reason = reasons.findLast((candidate) => candidate !== null) ?? null;
  return reason === 'eos' ? 'stop' : reason;
}

interface CallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments: string };
}

function toolCallsOf(events: readonly StreamEvent[]) {
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const delta of deltasOf(events).flatMap((value) => (value.tool_calls ?? []) as CallDelta[])) {
    calls[delta.index] ??= { id: delta.id ?? '', name: delta.function.name ?? '', arguments: '' };
    const call = calls[delta.index];
    if (call !== undefined) call.arguments += delta.function.arguments;
  }
  return calls;
}
