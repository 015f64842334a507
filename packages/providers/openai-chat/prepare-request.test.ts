import type { ChatRequest } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import type { AdapterTarget } from '../adapter.ts';
import { parseJsonBody } from '../json-body.ts';
import { presetOf } from '../presets.ts';
import { everyCapability, sampleTarget } from '../testing/sample-requests.ts';
import { prepareRequest } from './prepare-request.ts';

const { fireworks, together, openai, openrouter, compatible } = {
  fireworks: presetOf('fireworks').quirks,
  together: presetOf('together').quirks,
  openai: presetOf('openai').quirks,
  openrouter: presetOf('openrouter').quirks,
  compatible: presetOf('openai-compatible').quirks,
};

function prepare(text: string, parts: Partial<AdapterTarget> = {}, stream = false) {
  const { body, ...rest } = prepareRequest({ target: sampleTarget(parts), body: parseJsonBody<ChatRequest>(Buffer.from(text)), stream });
  const sent = Buffer.from(body ?? []).toString('utf8');
  return { ...rest, text: sent, sent: JSON.parse(sent) as Record<string, unknown> };
}

/** What becomes of some fields beside the model and the messages. */
function fields(input: object, parts: Partial<AdapterTarget> = {}, stream = false) {
  const { sent, changes } = prepare(JSON.stringify({ model: 'slug', messages: [], ...input }), parts, stream);
  const { model, messages, ...rest } = sent;
  return { rest, changes };
}

describe('prepareRequest', () => {
  test('only the model changes, and every other byte stays', () => {
    const text =
      '{ "messages":[{"role":"user","content":"h\\u00e9 \\/"}],\n "model" : "my-slug", "seed":12345678901234567890, "x_unknown":{"a":1.0}, "temperature":1e0 }';
    const { text: sent, url, headers, auth, changes } = prepare(text);
    expect(sent).toBe(text.replace('"my-slug"', '"example-model"'));
    expect(url).toBe('http://127.0.0.1:9/v1/chat/completions');
    expect(headers).toEqual({ 'content-type': 'application/json', accept: 'application/json' });
    expect([auth, changes]).toEqual(['bearer', []]);
  });

  test('a stream always asks for usage, and keeps the caller’s other options', () => {
    expect(fields({ stream: true }, {}, true).rest).toEqual({ stream: true, stream_options: { include_usage: true } });
    const options = { include_usage: false, continuous_usage_stats: true };
    expect(fields({ stream: true, stream_options: options }, {}, true).rest.stream_options).toEqual({ ...options, include_usage: true });
    expect(fields({ stream: true, stream_options: null }, {}, true).rest.stream_options).toEqual({ include_usage: true });
    expect(fields({}).rest).toEqual({});
  });

  test('a stream with tools is asked for whole where its own tells no whole tool calls', () => {
    const broken = { quirks: { ...compatible, streamedTools: false } };
    const tools = [{ type: 'function', function: { name: 'look' } }];
    const asked = { stream: true, stream_options: { include_usage: true } };
    const { asksWhole, headers, sent, changes } = prepare(JSON.stringify({ model: 'm', messages: [], ...asked, tools }), broken, true);
    expect([asksWhole, headers.accept, sent.stream, sent.tools]).toEqual([true, 'application/json', false, tools]);
    expect(sent).not.toHaveProperty('stream_options');
    expect(changes).toEqual(['stream: answered whole, since its streams tell no whole tool calls']);
    for (const plain of [asked, { ...asked, tools: [] }]) expect(fields(plain, broken, true).rest).toEqual(plain);
    expect(fields({ tools }, broken).rest).toEqual({ tools });
    expect(fields({ ...asked, tools }, {}, true)).toEqual({ rest: { ...asked, tools }, changes: [] });
  });

  test.each([
    ['max_tokens only', compatible, { max_completion_tokens: 5 }, { max_tokens: 5 }, ['max_completion_tokens: renamed to max_tokens']],
    [
      'max_completion_tokens only',
      openai,
      { max_tokens: 5 },
      { max_completion_tokens: 5 },
      ['max_tokens: renamed to max_completion_tokens'],
    ],
    [
      'both given',
      openai,
      { max_tokens: 9, max_completion_tokens: 5 },
      { max_completion_tokens: 5 },
      ['max_tokens: dropped, max_completion_tokens is given too'],
    ],
    [
      'both given, the old name known',
      together,
      { max_tokens: 9, max_completion_tokens: 5 },
      { max_tokens: 5 },
      ['max_completion_tokens: dropped, max_tokens is given too'],
    ],
    ['either, the new one', openrouter, { max_completion_tokens: 5 }, { max_completion_tokens: 5 }, []],
    ['either, the old one', openrouter, { max_tokens: 5 }, { max_tokens: 5 }, []],
    ['null counts as none', openai, { max_tokens: null }, { max_completion_tokens: 100 }, ["max_tokens: set to the model's limit"]],
    ['none given', compatible, {}, { max_tokens: 100 }, ["max_tokens: set to the model's limit"]],
  ])('limit: %s', (_, quirks, input, sent, changes) => {
    expect(fields(input, { quirks, maxTokens: 100 })).toEqual({ rest: sent, changes });
  });

  test('what changes inside a field changes alone', () => {
    const messages =
      '[ {"role":"user","content":"h\\u00e9","x":1.0},{ "content" : [{"type":"text","text":"\\"role\\":\\"developer\\" [{"}], "role" : "developer" , "n":12345678901234567890},{"role":"assistant","tool_calls":[{"role":"developer","a":1e3}]}]';
    const options = '{ "x":1.0, "include_usage" : false }';
    const text = `{"model":"example-model","messages":${messages},"stream":true,"stream_options":${options}}`;
    expect(prepare(text, { quirks: together }, true).text).toBe(
      text.replace('"role" : "developer"', '"role" : "system"').replace('"include_usage" : false', '"include_usage" : true'),
    );
  });

  test('developer goes as system where it is unknown, and stays elsewhere', () => {
    const text = JSON.stringify({
      model: 'x',
      messages: [
        { role: 'developer', content: 'be brief', name: 'n' },
        { role: 'user', content: 'hi' },
      ],
    });
    expect(prepare(text, { quirks: fireworks }).sent.messages).toEqual([
      { role: 'system', content: 'be brief', name: 'n' },
      { role: 'user', content: 'hi' },
    ]);
    expect(prepare(text, { quirks: openai }).text).toContain('"developer"');
  });

  test('Together takes log probabilities as a number, and stop as a list', () => {
    const quirks = together;
    expect(fields({ logprobs: true, top_logprobs: 3, stop: 'END' }, { quirks }).rest).toEqual({ logprobs: 3, stop: ['END'] });
    expect(fields({ logprobs: true }, { quirks }).rest).toEqual({ logprobs: 1 });
    expect(fields({ logprobs: false, top_logprobs: 3 }, { quirks }).rest).toEqual({});
    expect(fields({ logprobs: 2 }, { quirks }).rest).toEqual({ logprobs: 2 });
    expect(fields({ logprobs: true, top_logprobs: 3, stop: 'END' }, { quirks: openai }).rest).toEqual({
      logprobs: true,
      top_logprobs: 3,
      stop: 'END',
    });
  });
});

describe('reasoning', () => {
  const reason = (quirks: AdapterTarget['quirks'], input: object, parts: Partial<AdapterTarget> = {}) =>
    fields(input, { quirks, ...parts }).rest;
  const effort = { reasoning: { effort: 'high' } };
  const budget = { reasoning: { max_tokens: 2000 } };

  test('OpenRouter gets it as it is', () => {
    for (const input of [effort, budget, { reasoning: { exclude: true } }, { reasoning_effort: 'low' }])
      expect(reason(openrouter, input)).toEqual(input);
  });

  test.each([
    ['openai', openai, effort, { reasoning_effort: 'high' }],
    ['openai', openai, { reasoning_effort: 'low' }, { reasoning_effort: 'low' }],
    ['openai', openai, { ...budget, max_tokens: 2500 }, { reasoning_effort: 'high', max_completion_tokens: 2500 }],
    ['openai', openai, { reasoning: { enabled: false } }, { reasoning_effort: 'none' }],
    ['openai', openai, { reasoning: { enabled: true } }, { reasoning_effort: 'medium' }],
    ['fireworks', fireworks, effort, { reasoning_effort: 'high' }],
    ['fireworks', fireworks, budget, { thinking: { type: 'enabled', budget_tokens: 2000 } }],
    ['fireworks', fireworks, { ...budget, max_tokens: 1500 }, { max_tokens: 1500, thinking: { type: 'enabled', budget_tokens: 1499 } }],
    ['fireworks', fireworks, { ...budget, max_tokens: 500 }, { max_tokens: 500, reasoning_effort: 'high' }],
    ['together', together, effort, { reasoning: { enabled: true }, reasoning_effort: 'high' }],
    ['together', together, { reasoning_effort: 'xhigh' }, { reasoning: { enabled: true }, reasoning_effort: 'high' }],
    ['together', together, { reasoning_effort: 'none' }, { reasoning: { enabled: false } }],
    ['generic', compatible, effort, { ...effort, reasoning_effort: 'high' }],
    ['generic', compatible, { reasoning_effort: 'low' }, { reasoning_effort: 'low' }],
    ['generic', compatible, budget, { ...budget, thinking_token_budget: 2000 }],
    ['generic', compatible, { reasoning: { enabled: false } }, { reasoning: { enabled: false }, reasoning_effort: 'none' }],
  ])('%s: %#', (_, quirks, input, sent) => {
    expect(reason(quirks, input)).toEqual(sent);
  });

  test('the shape that the model takes decides', () => {
    expect(reason(compatible, { ...budget, max_tokens: 10_000 }, { reasoningParameter: 'effort' })).toMatchObject({
      reasoning_effort: 'low',
    });
    expect(reason(fireworks, { ...effort, max_tokens: 10_000 }, { reasoningParameter: 'max_tokens' })).toMatchObject({
      thinking: { type: 'enabled', budget_tokens: 8000 },
    });
  });

  test('with the capability off every such field is dropped, and said so', () => {
    const input = { reasoning: { effort: 'high' }, reasoning_effort: 'high', thinking: {}, thinking_token_budget: 1, top_p: 1 };
    for (const quirks of [openai, openrouter, compatible]) {
      const { rest, changes } = fields(input, { quirks, capabilities: { ...everyCapability, reasoning: false } });
      expect(rest).toEqual({ top_p: 1 });
      expect(changes).toContain("reasoning: dropped, the model's Extended reasoning is off");
      expect(changes).toHaveLength(4);
    }
  });

  test('what was not asked for is not added', () => {
    for (const quirks of [openai, fireworks, together, compatible])
      expect(reason(quirks, { reasoning: null })).toEqual({ reasoning: null });
  });
});
