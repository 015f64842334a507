import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamOutcome } from '../adapter.ts';
import { observeStream } from './observe-stream.ts';

const chunk = (fields: object, delta: object = { content: 'größe 😀' }, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }], ...fields })}\n\n`;
const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
const usageChunk = `data: ${JSON.stringify({ id: 'c', choices: [], usage })}\n\n`;
const DONE = 'data: [DONE]\n\n';
const body = `: OPENROUTER PROCESSING\n\n${chunk({}, { role: 'assistant' })}${chunk({ usage: null })}${chunk({}, { content: '"usage":{"error": {"a":1}}' })}`;
const finish = chunk({}, {}, 'stop');

/** Feeds a text in pieces of the given sizes, and puts together what comes out. */
function run(
  text: string | Uint8Array,
  sizes: readonly number[] = [],
  callerAskedUsage = false,
): { text: string; outcome: StreamOutcome; failure: unknown } {
  const bytes = Buffer.from(text as string);
  const observer = observeStream({ callerAskedUsage });
  const out: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? bytes.length);
    out.push(observer.push(bytes.subarray(at, at + size)));
    at += size;
  }
  const { rest, outcome } = observer.end();
  return { text: Buffer.concat([...out, rest]).toString('utf8'), outcome, failure: observer.failure };
}

describe('observeStream', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });

  test('however the network cuts it, the bytes go through and usage is read', () => {
    fc.assert(
      fc.property(cuts, fc.boolean(), fc.boolean(), (sizes, asked, crlf) => {
        const ending = (text: string) => (crlf ? text.replaceAll('\n', '\r\n') : text);
        const sent = run(ending(body + finish + usageChunk + DONE), sizes, asked);
        expect(sent.text).toBe(ending(body + finish + (asked ? usageChunk : '') + DONE));
        expect(sent.outcome).toMatchObject({
          usage: { promptTokens: 3, completionTokens: 5 },
          finishReason: 'stop',
          complete: true,
          error: null,
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each([true, false])('another tier of service is told with the usage, whoever asked for it: %j', (asked) => {
    const told = `data: ${JSON.stringify({ id: 'c', choices: [], service_tier: 'flex', usage })}\n\n`;
    expect(run(body + finish + told + DONE, [], asked).outcome.usage).toMatchObject({ promptTokens: 3, serviceTier: 'flex' });
    expect(run(body + finish + usageChunk + DONE, [], asked).outcome.usage).toMatchObject({ serviceTier: null });
  });

  test('a stream that is cut anywhere before its finish is never complete', () => {
    const whole = Buffer.from(body + chunk({}, {}, 'stop'));
    const finishAt = whole.lastIndexOf('data:');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: finishAt + 40 }), cuts, (length, sizes) => {
        expect(run(whole.subarray(0, length), sizes).outcome.complete).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('pieces that end with an event are handed on as they are', () => {
    const observer = observeStream({ callerAskedUsage: false });
    const piece = Buffer.from(chunk({ usage: null }));
    expect(observer.push(piece)).toBe(piece);
  });

  test('usage on the finish chunk stays there, in a choice too', () => {
    for (const text of [chunk({ usage }, {}, 'eos'), chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'eos', usage }] })]) {
      const { text: sent, outcome } = run(body + text + DONE);
      expect(sent).toBe(body + text + DONE);
      expect(outcome).toMatchObject({ usage: { promptTokens: 3 }, finishReason: 'stop', complete: true });
    }
  });

  test('an empty list of choices without usage is not the usage chunk', () => {
    const first = 'data: {"choices":[],"prompt_filter_results":[]}\n\n';
    expect(run(first + body + finish + DONE).text).toBe(first + body + finish + DONE);
  });

  test('an end without [DONE] or without a blank line is an end all the same', () => {
    expect(run(body + finish).outcome).toMatchObject({ complete: true, finishReason: 'stop' });
    const { text, outcome } = run(body + finish + usageChunk + 'data: [DONE]');
    expect(outcome).toMatchObject({ complete: true, usage: { promptTokens: 3 } });
    expect(text).toBe(body + finish + DONE);
  });

  test('half an event at the end is kept back', () => {
    const { text, outcome } = run(`${body}data: {"choices":[{"delta":{"content":"hal`);
    expect(text).toBe(body);
    expect(outcome).toMatchObject({ complete: false, error: null });
  });

  test('one choice of two that has ended does not end the stream', () => {
    const other = 'data: {"choices":[{"index":1,"delta":{"content":"x"},"finish_reason":null}]}\n\n';
    expect(run(body + finish + other).outcome.complete).toBe(false);
    expect(run(body + finish + other + DONE).outcome).toMatchObject({ complete: true, finishReason: 'stop' });
  });

  test.each([
    [
      '{"error":{"message":"CNRY-1 overloaded","code":502},"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}',
      'upstream_unavailable',
    ],
    ['{"error": "CNRY-2"}', 'upstream_unavailable'],
    ['{"error":{"message":"Rate limit reached CNRY","type":"rate_limit_error","code":"429"}}', 'rate_limited'],
    ['{"error" : {"message":"maximum context length is 10","code":400}}', 'context_too_long'],
  ])('the error %s is taken out and told apart', (data, reason) => {
    fc.assert(
      fc.property(cuts, (sizes) => {
        const { text, outcome, failure } = run(`${body}event: error\ndata: ${data}\n\n${finish}${DONE}`, sizes);
        expect(text).toBe(body);
        expect(outcome.error?.reason).toBe(reason);
        expect(failure).toBe(outcome.error);
        expect(outcome.complete).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['event: error\ndata: {"message":"CNRY overloaded","code":503}\n\n', 'upstream_unavailable'],
    ['event:error\r\ndata: CNRY\r\n\r\n', 'upstream_unavailable'],
    ['data: {"object":"error","message":"CNRY maximum context length is 10","code":400}\n\n', 'context_too_long'],
    ['data: {"type" : "error","message":"CNRY","code":429}\n\n', 'rate_limited'],
    ['data: {"choices":[{"index":0,"delta":{},"finish_reason":null,"error":{"code":429,"message":"CNRY"}}]}\n\n', 'rate_limited'],
  ])('the error %j is one, too, though no field of the event is called so', (event, reason) => {
    const { text, outcome } = run(body + event + finish + DONE);
    expect(text).toBe(body);
    expect(outcome).toMatchObject({ complete: false, error: { reason } });
  });

  test('usage that is told right before the finish is read, asked for or not', () => {
    for (const asked of [true, false]) {
      expect(run(body + usageChunk + finish + DONE, [], asked).outcome).toMatchObject({ usage: { completionTokens: 5 }, complete: true });
    }
    const early = chunk({ usage }) + chunk({}) + finish + DONE;
    expect(run(early, [], true).outcome).toMatchObject({ usage: null, complete: true });
  });

  test('a finish reason of error is an error, even before [DONE]', () => {
    expect(run(body + chunk({}, {}, 'error') + DONE).outcome).toMatchObject({ complete: false, error: { reason: 'upstream_unavailable' } });
  });

  test('what only looks like an error goes through', () => {
    const innocent =
      chunk({ error: null }) + chunk({}, { content: 'error' }) + chunk({}, { tool_calls: [{ function: { arguments: '{"error":{}}' } }] });
    expect(run(innocent + finish + DONE)).toMatchObject({ text: innocent + finish + DONE, outcome: { complete: true, error: null } });
  });

  test('an event without end is cut at a mebibyte, in small pieces too', () => {
    const observer = observeStream({ callerAskedUsage: false });
    const piece = Buffer.alloc(1024, 'x');
    let handedOn = 0;
    for (let count = 0; count < 20_000; count += 1) handedOn += observer.push(piece).length;
    expect(handedOn).toBe(0);
    expect(observer.failure?.reason).toBe('response_too_large');
    expect(observer.end().outcome).toMatchObject({ complete: false, error: { reason: 'response_too_large' } });
  });

  test.each([-1, 1.5, 1e308, '3', null])('usage of %j tokens is unknown', (count) => {
    const forged = `data: ${JSON.stringify({ choices: [], usage: { ...usage, prompt_tokens: count } })}\n\n`;
    expect(run(body + finish + forged + DONE).outcome.usage).toBeNull();
  });

  test('no usage, no pieces: nothing is made up', () => {
    expect(run(body + finish + DONE).outcome.usage).toBeNull();
    expect(run('').outcome).toEqual({ usage: null, finishReason: null, complete: false, error: null });
    expect(run('\n\n\r\n\r\n\n').outcome.complete).toBe(false);
    expect(run(Buffer.from([0xff, 0xfe, 0x0a, 0x0a, 0x80])).outcome.complete).toBe(false);
  });
});
