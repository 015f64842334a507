import { describe, expect, test } from 'vitest';
import { encodeEvent, encodeException, fakeSignature, toConverseFrames } from '../testing/converse-answers.ts';
import { deltasOf, streamReader } from '../testing/stream-reader.ts';
import { readStream } from './read-stream.ts';

const frames = toConverseFrames({
  chunks: ['größe ', '😀'],
  reasoning: 'hm',
  toolCalls: [{ id: 't1', name: 'weather', arguments: '{"city":"Rome"}' }],
  finishReason: 'tool_calls',
  promptTokens: 3,
  completionTokens: 4,
  usage: { inputTokens: 10, outputTokens: 4, cacheReadInputTokens: 5, cacheWriteInputTokens: 1 },
});

const { read, failure, readInAnyPieces, expectCutOff } = streamReader(readStream);

describe('readStream', () => {
  test('however the network cuts it: text, thoughts, tool calls, finish reason, then usage', async () => {
    await readInAnyPieces(frames, (events) => {
      expect(deltasOf(events)).toEqual([
        { role: 'assistant', content: '' },
        { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] },
        { reasoning_details: [{ type: 'reasoning.text', signature: fakeSignature, index: 0 }] },
        { content: 'größe ' },
        { content: '😀' },
        { tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'weather', arguments: '' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '"Rome"}' } }] },
        {},
      ]);
      expect(events.at(-1)).toMatchObject({
        type: 'usage',
        usage: { promptTokens: 16, completionTokens: 4, cachedTokens: 5, cacheWriteTokens: 1 },
      });
      expect(events.at(-2)).toMatchObject({ type: 'chunk', chunk: { choices: [{ finish_reason: 'tool_calls' }] } });
    });
  });

  test('a stream that is cut anywhere before messageStop is an error', async () => {
    await expectCutOff(frames.slice(0, -2));
  });

  test.each([
    ['throttlingException', 'Too many requests', 'rate_limited'],
    ['modelStreamErrorException', 'CNRY', 'upstream_unavailable'],
    ['validationException', 'Input is too long for requested model.', 'context_too_long'],
    ['neverHeardOfException', 'CNRY', 'upstream_unavailable'],
  ])('%s in mid-stream', async (name, message, reason) => {
    const error = await failure([...frames.slice(0, 4), encodeException(name, message)]);
    expect(error).toMatchObject({ name: 'UpstreamError', reason });
    expect(JSON.stringify(error)).not.toContain('CNRY');
  });

  test('redacted thoughts keep their data; an unknown event says nothing', async () => {
    const redacted = encodeEvent('contentBlockDelta', { contentBlockIndex: 2, delta: { reasoningContent: { redactedContent: 'Zm8=' } } });
    const events = await read([redacted, encodeEvent('somethingNew', { a: 1 }), encodeEvent('messageStop', { stopReason: 'end_turn' })]);
    expect(deltasOf(events)).toEqual([{ reasoning_details: [{ type: 'reasoning.encrypted', data: 'Zm8=', index: 2 }] }, {}]);
  });

  test('a call without arguments has an empty object of them', async () => {
    const toolUse = { toolUseId: 't1', name: 'now' };
    const at = { contentBlockIndex: 0 };
    const events = await read([
      encodeEvent('contentBlockStart', { ...at, start: { toolUse } }),
      encodeEvent('contentBlockDelta', { ...at, delta: { toolUse: { input: '' } } }),
      encodeEvent('contentBlockStop', at),
      encodeEvent('messageStop', { stopReason: 'tool_use' }),
    ]);
    expect(deltasOf(events)).toMatchObject([
      { tool_calls: [{ index: 0, id: 't1', function: { arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
      {},
    ]);
  });

  test('an answer that the model garbled is an error', async () => {
    expect(await failure([encodeEvent('messageStop', { stopReason: 'malformed_tool_use' })])).toMatchObject({
      reason: 'upstream_unavailable',
    });
  });

  test('a frame with a wrong checksum, a senseless length, or beyond a mebibyte is refused', async () => {
    const broken = Buffer.from(frames[1] as Uint8Array);
    broken[broken.length - 6] = (broken[broken.length - 6] ?? 0) ^ 1;
    expect(await failure([broken])).toMatchObject({ reason: 'not_openai_shape' });
    expect(await failure([Buffer.alloc(64)])).toMatchObject({ reason: 'not_openai_shape' });
    const huge = Buffer.alloc(64);
    huge.writeUInt32BE(1024 * 1024 + 1, 0);
    expect(await failure([huge])).toMatchObject({ reason: 'response_too_large' });
    expect(await failure([Buffer.from('<html>this is no event stream at all</html>')])).toMatchObject({ name: 'UpstreamError' });
  });

  test('usage that cannot be is not told', async () => {
    const events = await read([...frames.slice(0, -1), encodeEvent('metadata', { usage: { inputTokens: -5, outputTokens: 1e308 } })]);
    expect(events.some((event) => event.type === 'usage')).toBe(false);
  });
});
