import { describe, expect, test } from 'vitest';
import { signature } from '../testing/check-messages-body.ts';
import { encodeMessageEvent, toMessageEvents } from '../testing/messages-answers.ts';
import { deltasOf, streamReader } from '../testing/stream-reader.ts';
import { readStream } from './read-stream.ts';

const events = toMessageEvents('claude-opus-4-8', {
  chunks: ['größe ', '😀'],
  reasoning: 'hm',
  toolCalls: [
    { id: 't1', name: 'weather', arguments: '{"city":"Rome"}' },
    { id: 't2', name: 'now', arguments: '{}' },
  ],
  finishReason: 'tool_calls',
  promptTokens: 3,
  completionTokens: 4,
  usage: {
    input_tokens: 10,
    output_tokens: 4,
    cache_read_input_tokens: 5,
    cache_creation_input_tokens: 1,
    output_tokens_details: { thinking_tokens: 2 },
  },
}).map(encodeMessageEvent);

const { read, failure, readInAnyPieces, expectCutOff } = streamReader(readStream);
const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

describe('readStream', () => {
  test('however the network cuts it: text, thoughts, tool calls, finish reason, then usage', async () => {
    await readInAnyPieces(events, (told) => {
      expect(deltasOf(told)).toEqual([
        { role: 'assistant', content: '' },
        { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] },
        { reasoning_details: [{ type: 'reasoning.text', signature, index: 0 }] },
        { content: 'größe ' },
        { content: '😀' },
        { tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'weather', arguments: '' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '"Rome"}' } }] },
        { tool_calls: [{ index: 1, id: 't2', type: 'function', function: { name: 'now', arguments: '' } }] },
        { tool_calls: [{ index: 1, function: { arguments: '{}' } }] },
        {},
      ]);
      expect(told.at(-1)).toEqual({
        type: 'usage',
        usage: {
          promptTokens: 16,
          completionTokens: 4,
          cachedTokens: 5,
          cacheWriteTokens: 1,
          longCacheWriteTokens: null,
          webSearches: null,
          serviceTier: null,
          reasoningTokens: 2,
          providerCost: null,
        },
      });
      expect(told.at(-2)).toMatchObject({ type: 'chunk', chunk: { choices: [{ finish_reason: 'tool_calls' }] } });
    });
  });

  test('a stream that is cut anywhere before its stop reason is an error', async () => {
    await expectCutOff(events.slice(0, -2));
  });

  test.each([
    ['overloaded_error', 'Overloaded', 'upstream_unavailable'],
    ['rate_limit_error', 'CNRY', 'rate_limited'],
    ['api_error', 'CNRY', 'upstream_unavailable'],
    ['invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 'context_too_long'],
    ['never_heard_of', 'CNRY', 'upstream_unavailable'],
  ])('event: error of type %s in mid-stream', async (type, message, reason) => {
    const error = await failure([...events.slice(0, 4), encodeMessageEvent({ type: 'error', error: { type, message } })]);
    expect(error).toMatchObject({ name: 'UpstreamError', reason });
    expect(JSON.stringify(error)).not.toContain('CNRY');
  });

  test('redacted thoughts keep their data; pings and unknown events say nothing; a whole input may come with its start', async () => {
    const told = await read([
      data({ type: 'content_block_start', index: 0, content_block: { type: 'redacted_thinking', data: 'Zm8=' } }),
      data({ type: 'ping' }),
      ': keep-alive\n\n',
      data({ type: 'something_new', index: 0 }),
      data({ type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } } }),
      data({ type: 'content_block_stop', index: 1 }),
      data({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
      data({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    ]);
    expect(deltasOf(told)).toEqual([
      { reasoning_details: [{ type: 'reasoning.encrypted', data: 'Zm8=', index: 0 }] },
      { tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] },
      {},
    ]);
  });

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['never_heard_of', 'stop'],
  ])('%s is %s', async (stopReason, finishReason) => {
    const [told] = await read([data({ type: 'message_delta', delta: { stop_reason: stopReason } })]);
    expect(told).toMatchObject({ chunk: { choices: [{ finish_reason: finishReason }] } });
  });

  test('an event that is no JSON, or that has no end, is refused', async () => {
    expect(await failure(['data: nonsense\n\n'])).toMatchObject({ reason: 'not_openai_shape' });
    expect(await failure([`data: ${'x'.repeat(2_000_000)}`], [65_536])).toMatchObject({ reason: 'response_too_large' });
  });
});
