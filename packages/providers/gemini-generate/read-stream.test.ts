import { describe, expect, test } from 'vitest';
import { geminiSignature } from '../testing/check-generate-body.ts';
import { encodeGeneratedEvent, toGeneratedEvents } from '../testing/generate-answers.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { deltasOf, streamReader } from '../testing/stream-reader.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';

const events = toGeneratedEvents('gemini-3.1-flash', {
  chunks: ['größe ', '😀'],
  reasoning: 'hm',
  toolCalls: [
    { id: 't1', name: 'weather', arguments: '{"city":"Rome"}' },
    { id: 't2', name: 'now', arguments: '{}' },
  ],
  finishReason: 'tool_calls',
  promptTokens: 3,
  completionTokens: 4,
  usage: { promptTokenCount: 16, cachedContentTokenCount: 5, candidatesTokenCount: 4, thoughtsTokenCount: 2, totalTokenCount: 22 },
}).map(encodeGeneratedEvent);

const { read, failure, readInAnyPieces, expectCutOff } = streamReader(readStream);
const said = (parts: readonly object[], finishReason?: string) =>
  encodeGeneratedEvent({ candidates: [{ content: { role: 'model', parts }, ...(finishReason ? { finishReason } : {}) }] });

const answer = (value: unknown) => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(value)) });

const signed = { extra_content: { google: { thought_signature: geminiSignature } } };

const detail = { type: 'reasoning.encrypted', data: geminiSignature, format: 'google-gemini-v1' };

describe('readStream', () => {
  test('however the network cuts it: text, thoughts, tool calls with their signature, finish reason, then usage', async () => {
    await readInAnyPieces(events, (told) => {
      expect(deltasOf(told)).toEqual([
        { role: 'assistant', content: '' },
        { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] },
        { content: 'größe ' },
        { content: '😀' },
        {
          tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' }, ...signed }],
          reasoning_details: [{ ...detail, id: 't1', index: 1 }],
        },
        { tool_calls: [{ index: 1, id: 't2', type: 'function', function: { name: 'now', arguments: '{}' } }] },
        {},
      ]);
      expect(told.at(-1)).toEqual({
        type: 'usage',
        usage: {
          ...{ promptTokens: 16, completionTokens: 6, cachedTokens: 5, cacheWriteTokens: null, reasoningTokens: 2, providerCost: null },
          ...{ audioInputTokens: null, cachedAudioTokens: null, audioOutputTokens: null, serviceTier: null },
        },
      });
      expect(told.at(-2)).toMatchObject({ type: 'chunk', chunk: { choices: [{ finish_reason: 'tool_calls' }] } });
    });
  });

  test('a stream that is cut anywhere before its finish reason is an error', async () => {
    await expectCutOff(events.slice(0, -1));
  });

  test.each([
    ['RESOURCE_EXHAUSTED', 'CNRY', 'rate_limited'],
    ['UNAVAILABLE', 'The model is overloaded. Please try again later.', 'upstream_unavailable'],
    ['INVALID_ARGUMENT', 'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).', 'context_too_long'],
    ['NEVER_HEARD_OF', 'CNRY', 'upstream_unavailable'],
  ])('an error of status %s in mid-stream', async (status, message, reason) => {
    const error = await failure([...events.slice(0, 2), encodeGeneratedEvent({ error: { status, message } })]);
    expect(error).toMatchObject({ name: 'UpstreamError', reason });
    expect(JSON.stringify(error)).not.toContain('CNRY');
  });

  test('a reason with every event is one end; a signature may come with an empty text', async () => {
    const told = await read([said([{ text: 'a' }], 'STOP'), said([{ text: '', thoughtSignature: geminiSignature }], 'STOP')]);
    expect(deltasOf(told)).toEqual([
      { role: 'assistant', content: '' },
      { content: 'a' },
      { content: '', ...signed, reasoning_details: [{ ...detail, index: 0 }] },
      {},
    ]);
    const reasons = told.flatMap((event) => (event.type === 'chunk' ? event.chunk.choices.map((choice) => choice.finish_reason) : []));
    expect(reasons).toEqual([null, null, null, 'stop']);
  });

  test('a prompt that is refused, and an answer that is garbled', async () => {
    expect(await failure([encodeGeneratedEvent({ promptFeedback: { blockReason: 'SAFETY' } })])).toMatchObject({
      reason: 'content_blocked',
    });
    expect(await failure([said([], 'MALFORMED_FUNCTION_CALL')])).toMatchObject({
      reason: 'upstream_unavailable',
      detail: 'malformed_answer',
    });
    expect(await failure(['data: nonsense\n\n'])).toMatchObject({ reason: 'not_openai_shape' });
  });
});

describe('readAnswer', () => {
  const of = (parts: readonly object[], rest: object = {}) =>
    readAnswer(answer({ candidates: [{ content: { parts }, ...rest }] }), sampleTarget());

  test.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['OTHER', 'content_filter'],
    ['IMAGE_SAFETY', 'content_filter'],
    ['NEVER_HEARD_OF', 'stop'],
    [undefined, 'stop'],
  ])('%s is %s', (finishReason, wanted) => {
    expect(of([{ text: 'a' }], { finishReason }).finishReason).toBe(wanted);
  });

  test('thoughts, text and calls apart; a call without an ID gets one of its own', () => {
    const { completion, finishReason } = of(
      [
        { text: 'hm', thought: true },
        { text: 'a' },
        { text: 'b', thoughtSignature: 'S' },
        { functionCall: { name: 'weather', args: { city: 'Rome' } } },
        { functionCall: { name: 'weather' } },
        { executableCode: { code: 'x' } },
      ],
      { finishReason: 'STOP' },
    );
    const message = completion.choices[0]?.message;
    expect(finishReason).toBe('tool_calls');
    expect(message).toMatchObject({
      content: 'ab',
      reasoning: 'hm',
      extra_content: { google: { thought_signature: 'S' } },
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', index: 0 },
        { type: 'reasoning.encrypted', data: 'S', index: 1 },
      ],
    });
    expect(message?.tool_calls?.map((call) => call.function.arguments)).toEqual(['{"city":"Rome"}', '{}']);
    expect(new Set(message?.tool_calls?.map(({ id }) => id)).size).toBe(2);
  });

  test('a limit that thinking used up is an answer without a text', () => {
    const { completion, finishReason } = readAnswer(
      answer({
        candidates: [{ content: { role: 'model' }, finishReason: 'MAX_TOKENS' }],
        usageMetadata: { promptTokenCount: 2, thoughtsTokenCount: 9 },
      }),
      sampleTarget(),
    );
    expect([completion.choices[0]?.message.content, finishReason]).toEqual([null, 'length']);
    expect(completion.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 9 } });
  });

  test('a refused prompt and an error with a 200 are errors', () => {
    expect(() => readAnswer(answer({ promptFeedback: { blockReason: 'SAFETY' } }), sampleTarget())).toThrow('upstream: content_blocked');
    expect(() => readAnswer(answer({ error: { status: 'UNAVAILABLE' } }), sampleTarget())).toThrow('upstream: upstream_unavailable');
  });
});
