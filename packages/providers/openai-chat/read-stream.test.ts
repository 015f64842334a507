import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../adapter.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, finish: string | null = null, extra: object = {}) =>
  event({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }], ...extra });

async function read(text: string | Uint8Array, size = 7): Promise<StreamEvent[]> {
  const bytes = Buffer.from(text as string);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const events: StreamEvent[] = [];
  for await (const each of readStream(pieces(), sampleTarget())) events.push(each);
  return events;
}

describe('readStream', () => {
  test('comments, event names, CRLF, a byte order mark and cut characters do not disturb', async () => {
    const text = `\ufeff: keep-alive\r\n\r\nevent: message\r\n${chunk({ content: 'größe 😀' }).replaceAll('\n', '\r\n')}${chunk({}, 'stop')}data: [DONE]`;
    for (const size of [1, 2, 3, 1000]) {
      const events = await read(text, size);
      expect(events).toHaveLength(2);
      expect(events[0]).toMatchObject({ type: 'chunk', chunk: { choices: [{ delta: { content: 'größe 😀' } }] } });
    }
  });

  test('unknown fields live on', async () => {
    const [first] = await read(chunk({ reasoning_details: [{ type: 'reasoning.text', signature: 's' }] }, 'stop', { provider: 'Acme' }));
    expect(first).toMatchObject({ chunk: { provider: 'Acme', choices: [{ delta: { reasoning_details: [{ signature: 's' }] } }] } });
  });

  test('usage in its own chunk, on the finish chunk, or in the choice', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2 };
    const inChoice = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] });
    for (const text of [chunk({}, 'stop') + event({ choices: [], usage }), chunk({}, 'stop', { usage }), inChoice]) {
      const events = await read(`${text}data: [DONE]\n\n`);
      expect(events.filter((each) => each.type === 'usage')).toMatchObject([{ usage: { promptTokens: 1, completionTokens: 2 } }]);
    }
  });

  test('another tier of service stands beside the usage, streamed and whole', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2 };
    const events = await read(`${chunk({}, 'stop') + event({ choices: [], usage, service_tier: 'priority' })}data: [DONE]\n\n`);
    expect(events.at(-1)).toMatchObject({ type: 'usage', usage: { serviceTier: 'priority' } });
    const whole = {
      choices: [{ index: 0, message: { role: 'assistant', content: 'a' }, finish_reason: 'stop' }],
      usage,
      service_tier: 'flex',
    };
    const response = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(whole)) };
    expect(readAnswer(response, sampleTarget()).usage).toMatchObject({ serviceTier: 'flex' });
  });

  test.each([
    ['an error event', event({ error: { message: 'Rate limit CNRY', code: 429 } }), 'rate_limited'],
    ['a finish reason of error', chunk({}, 'error'), 'upstream_unavailable'],
    ['no end', chunk({ content: 'x' }), 'connection_lost'],
    ['nothing', '', 'connection_lost'],
    ['half an event', `${chunk({ content: 'x' })}data: {"choi`, 'connection_lost'],
    ['no JSON', 'data: hello\n\n', 'not_openai_shape'],
    ['no object', 'data: [1]\n\n', 'not_openai_shape'],
    ['HTML', '<html>\n\n</html>\n\n', 'connection_lost'],
  ])('%s is an error', async (_, text, reason) => {
    const error = await read(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UpstreamError', reason });
    expect(JSON.stringify(error)).not.toContain('CNRY');
  });

  test('an event beyond a mebibyte is refused', async () => {
    await expect(read(`data: ${'x'.repeat(3 * 1024 * 1024)}`, 65_536)).rejects.toMatchObject({ reason: 'response_too_large' });
  });
});
