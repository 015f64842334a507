import type { ChatRequest } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import type { AdapterTarget } from '../adapter.ts';
import { parseJsonBody } from '../json-body.ts';
import { everyCapability, impossibleMessages, sampleTarget, weatherTool } from '../testing/sample-requests.ts';
import { prepareRequest } from './prepare-request.ts';
import { toMessages } from './to-messages.ts';

const convert = (request: Partial<ChatRequest>, parts: Partial<AdapterTarget> = {}) =>
  toMessages(
    { model: 'slug', messages: [{ role: 'user', content: 'hi' }], max_tokens: 4_000, ...request },
    sampleTarget({ providerModelId: 'claude-3-7-sonnet-20250219', ...parts }),
  );
const thrown = (request: Partial<ChatRequest>) => {
  try {
    convert(request);
  } catch (error) {
    return error as { code: string; param: string | null; message: string };
  }
  return null;
};
const call = (id: string, text: string) => ({ id, type: 'function' as const, function: { name: 'weather', arguments: text } });
const user = (content: ChatRequest['messages'][number]['content']) => ({ messages: [{ role: 'user' as const, content }] });

describe('messages', () => {
  test('system texts apart, turns merged, blank texts out, the first turn is the user’s', () => {
    const { body } = convert({
      messages: [
        { role: 'system', content: 'one' },
        { role: 'developer', content: [{ type: 'text', text: 'two', cache_control: { type: 'ephemeral' } }] },
        { role: 'assistant', content: 'welcome' },
        { role: 'user', content: 'a' },
        { role: 'user', content: '  ' },
      ],
    });
    expect(body.system).toEqual([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two', cache_control: { type: 'ephemeral' } },
    ]);
    expect(body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: '(empty)' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'welcome' }] },
      { role: 'user', content: [{ type: 'text', text: 'a' }] },
    ]);
  });

  test('a tool loop: all results of a turn together, odd IDs the same on both sides', () => {
    const odd = `call:${'x'.repeat(90)}`;
    const { body } = convert({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: null, tool_calls: [call(odd, '{"city":"Rome"}'), call('call_2', '')] },
        { role: 'tool', tool_call_id: odd, content: 'sunny' },
        { role: 'tool', tool_call_id: 'call_2', content: '' },
        { role: 'user', content: 'thanks' },
      ],
    });
    const [, assistant, results] = body.messages;
    const [use] = assistant?.content ?? [];
    const id = use?.type === 'tool_use' ? use.id : '';
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(assistant?.content).toEqual([
      { type: 'tool_use', id, name: 'weather', input: { city: 'Rome' } },
      { type: 'tool_use', id: 'call_2', name: 'weather', input: {} },
    ]);
    expect(results?.content).toEqual([
      { type: 'tool_result', tool_use_id: id, content: [{ type: 'text', text: 'sunny' }] },
      { type: 'tool_result', tool_use_id: 'call_2' },
      { type: 'text', text: 'thanks' },
    ]);
  });

  test('images inline or by https', () => {
    const image = (url: string) => user([{ type: 'image_url', image_url: { url } }]);
    const sources = (url: string) => convert(image(url)).body.messages[0]?.content;
    expect(sources('data:image/jpg;base64,AAAA')).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } },
    ]);
    expect(sources('https://example.com/x.png')).toEqual([{ type: 'image', source: { type: 'url', url: 'https://example.com/x.png' } }]);
    for (const url of ['http://example.com/x.png', 'data:text/html;base64,AAAA', 'file:///etc/passwd', 'https://', '']) {
      expect(thrown(image(url))).toMatchObject({ code: 'unsupported_parameter', param: 'messages' });
    }
  });

  test.each(impossibleMessages)('what cannot be sent is refused in our words: %#', (request) => {
    const error = thrown(request);
    expect(error).toMatchObject({ code: 'invalid_request', param: 'messages' });
    expect(error?.message).not.toContain('CNRY');
  });
});

describe('tools', () => {
  test.each([
    ['auto', undefined, { type: 'auto' }],
    ['required', undefined, { type: 'any' }],
    ['none', undefined, { type: 'none' }],
    [{ type: 'function', function: { name: 'weather' } }, false, { type: 'tool', name: 'weather', disable_parallel_tool_use: true }],
    [null, false, { type: 'auto', disable_parallel_tool_use: true }],
    [null, true, undefined],
  ] as const)('tool_choice %j, parallel %j', (tool_choice, parallel_tool_calls, wanted) => {
    const { body, changes } = convert({ tools: [weatherTool], tool_choice, parallel_tool_calls });
    expect(body.tool_choice).toEqual(wanted);
    expect(body.tools?.[0]).toMatchObject({ name: 'weather', input_schema: { type: 'object' } });
    expect(changes).toEqual([]);
  });

  test('no tools, no choice; a tool without parameters has an empty schema', () => {
    expect(convert({ tool_choice: 'auto' }).body).not.toHaveProperty('tool_choice');
    const { body } = convert({ tools: [{ type: 'function', function: { name: 'now', strict: true } }] });
    expect(body.tools).toEqual([{ name: 'now', input_schema: { type: 'object', properties: {} }, strict: true }]);
  });
});

describe('limits, samplers and what has no place', () => {
  test('a limit is always sent: the caller’s, the model’s, or one that is told', () => {
    expect(convert({ max_tokens: 5 })).toMatchObject({ body: { max_tokens: 5 }, changes: [] });
    expect(convert({ max_tokens: null, max_completion_tokens: 6 }).body.max_tokens).toBe(6);
    expect(convert({ max_tokens: null }, { maxTokens: 77 })).toMatchObject({ body: { max_tokens: 77 }, changes: [] });
    expect(convert({ max_tokens: null }, { providerModelId: 'claude-3-haiku-20240307' })).toMatchObject({
      body: { max_tokens: 4_096 },
      changes: ['max_tokens: set to 4096, Anthropic needs a limit'],
    });
  });

  test('what has no place is dropped, and said so', () => {
    const extra = { n: 2, seed: 1, presence_penalty: 0.5, logprobs: true, store: false, 'x\r\ny': 1, user: 'someone@example.com' };
    const { body, changes } = convert({ stop: ['END', ' '], top_k: 40, ...extra });
    expect(body).toMatchObject({ stop_sequences: ['END'], top_k: 40 });
    expect(changes).toEqual([
      ...['n', 'seed', 'presence_penalty', 'logprobs'].map((field) => `${field}: dropped, Anthropic has no such parameter`),
      'user: dropped, Anthropic takes an opaque ID only',
    ]);
    expect(convert({ user: 'u-1' }).body.metadata).toEqual({ user_id: 'u-1' });
  });

  test.each([
    ['claude-3-7-sonnet-20250219', { temperature: 0.5, top_p: 0.9, top_k: 4 }, []],
    ['claude-sonnet-4-20250514', { temperature: 0.5, top_p: 0.9, top_k: 4 }, []],
    ['claude-opus-4-1-20250805', { temperature: 0.5, top_k: 4 }, ['top_p: dropped, this model takes temperature or top_p']],
    ['claude-sonnet-4-6', { temperature: 0.5, top_k: 4 }, ['top_p: dropped, this model takes temperature or top_p']],
    ['claude-opus-4-7', {}, ['temperature', 'top_p', 'top_k'].map((field) => `${field}: dropped, this model takes none`)],
    ['claude-sonnet-5', {}, ['temperature', 'top_p', 'top_k'].map((field) => `${field}: dropped, this model takes none`)],
  ])('samplers of %s', (providerModelId, taken, told) => {
    const { body, changes } = convert({ temperature: 0.5, top_p: 0.9, top_k: 4 }, { providerModelId });
    const { temperature, top_p, top_k } = body;
    expect(JSON.parse(JSON.stringify({ temperature, top_p, top_k }))).toEqual(taken);
    expect(changes).toEqual(told);
  });

  test('a temperature above the highest is lowered', () => {
    expect(convert({ temperature: 1.4 })).toMatchObject({
      body: { temperature: 1 },
      changes: ['temperature: lowered to 1, the highest of Anthropic'],
    });
  });
});

describe('structured answers', () => {
  test('a schema is closed at every depth, and loses what is refused', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        n: { type: 'integer', minimum: 1, maximum: 5 },
        minimum: { type: 'string', maxLength: 3 },
        list: {
          type: 'array',
          minItems: 1,
          items: { type: 'object', properties: { a: { oneOf: [{ type: 'null' }, { type: 'object' }] } } },
        },
      },
      required: ['n'],
    };
    const { body, changes } = convert({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } });
    expect(body.output_config?.format).toEqual({
      type: 'json_schema',
      schema: {
        type: 'object',
        properties: {
          n: { type: 'integer' },
          minimum: { type: 'string' },
          list: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: { a: { anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: false }] } },
              additionalProperties: false,
            },
          },
        },
        required: ['n'],
        additionalProperties: false,
      },
    });
    expect(changes).toEqual(['response_format: minimum maximum maxLength left out, Anthropic does not enforce it']);
  });

  test('plain JSON mode is refused clearly', () => {
    expect(thrown({ response_format: { type: 'json_object' } })).toMatchObject({ code: 'unsupported_parameter', param: 'response_format' });
    expect(convert({ response_format: { type: 'text' } }).body.output_config).toBeUndefined();
  });
});

describe('reasoning', () => {
  const adaptive = (effort: string) => ({ thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort } });
  const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });

  test.each([
    ['claude-3-7-sonnet-20250219', { effort: 'high' }, budget(3_200)],
    ['claude-opus-4-20250514', { effort: 'low' }, budget(1_024)],
    ['claude-sonnet-4-5-20250929', { max_tokens: 2_000 }, budget(2_000)],
    ['claude-opus-4-6', { effort: 'high' }, adaptive('high')],
    ['claude-opus-4-6', { max_tokens: 2_000 }, budget(2_000)],
    ['claude-sonnet-4-6', { effort: 'xhigh' }, adaptive('high')],
    ['claude-opus-4-7', { max_tokens: 3_900 }, adaptive('high')],
    ['claude-opus-4-8', { effort: 'xhigh' }, adaptive('xhigh')],
    ['claude-sonnet-5', { effort: 'minimal' }, adaptive('low')],
    ['claude-opus-4-7', { effort: 'none' }, { thinking: { type: 'disabled' } }],
    [
      'claude-opus-4-7',
      { effort: 'low', exclude: true },
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'low' } },
    ],
    ['claude-sonnet-4-5-20250929', { enabled: false }, {}],
  ])('%s, asked for %j', (providerModelId, reasoning, wanted) => {
    const { thinking, output_config } = convert({ reasoning }, { providerModelId }).body;
    expect(JSON.parse(JSON.stringify({ thinking, output_config }))).toEqual(wanted);
  });

  test('a model that takes both is asked as the registry says', () => {
    const parts = { providerModelId: 'claude-opus-4-6', reasoningParameter: 'max_tokens' as const };
    expect(convert({ reasoning_effort: 'medium' }, parts).body.thinking).toEqual({ type: 'enabled', budget_tokens: 2_000 });
  });

  test('a budget stays below the limit, makes room where there is none, or thinking is dropped', () => {
    expect(convert({ reasoning: { max_tokens: 9_000 }, max_tokens: 2_000 }).body.thinking).toEqual({
      type: 'enabled',
      budget_tokens: 1_999,
    });
    expect(convert({ reasoning: { max_tokens: 30_000 }, max_tokens: null }).body).toMatchObject({ max_tokens: 38_192, ...budget(30_000) });
    const { body, changes } = convert({ reasoning: { max_tokens: 9_000 }, max_tokens: 1_000 });
    expect(body.thinking).toBeUndefined();
    expect(changes).toEqual(['reasoning: dropped, thinking needs max_tokens above 1024']);
  });

  test('samplers, forced tools and a lost thought give way or take precedence, and it is told', () => {
    const cool = convert(
      { reasoning_effort: 'high', temperature: 0.2, tools: [weatherTool] },
      { providerModelId: 'claude-sonnet-4-20250514' },
    );
    expect(cool).toMatchObject({
      betas: ['interleaved-thinking-2025-05-14'],
      changes: ['temperature: dropped, this model takes none while it thinks'],
    });
    const forced = convert({ reasoning_effort: 'high', tools: [weatherTool], tool_choice: 'required' });
    expect(forced.body.thinking).toBeUndefined();
    expect(forced.changes).toEqual(['reasoning: dropped, it cannot be combined with a forced tool']);
    const loop: ChatRequest['messages'] = [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: null, tool_calls: [call('c', '{}')] },
      { role: 'tool', tool_call_id: 'c', content: 'sunny' },
    ];
    const lost = convert({ messages: loop, reasoning_effort: 'high', tools: [weatherTool] });
    expect(lost.body.thinking).toBeUndefined();
    expect(lost.changes).toEqual(['reasoning: dropped, the earlier tool calls came back without their reasoning_details']);
    expect(convert({ messages: loop, reasoning_effort: 'high' }, { providerModelId: 'claude-sonnet-5' }).body.thinking).toMatchObject({
      type: 'adaptive',
    });
  });

  test('off by capability', () => {
    const off = convert({ reasoning_effort: 'high' }, { capabilities: { ...everyCapability, reasoning: false } });
    expect(off.body.thinking).toBeUndefined();
    expect(off.changes).toEqual(["reasoning: dropped, the model's Extended reasoning is off"]);
  });

  test('signed and redacted thoughts go back first and whole; unsigned ones stay out', () => {
    const blocks = (reasoning_details: NonNullable<ChatRequest['messages'][number]['reasoning_details']>) =>
      convert({
        messages: [
          { role: 'user', content: 'go' },
          { role: 'assistant', content: 'ok', reasoning_details },
        ],
      }).body.messages[1]?.content;
    expect(
      blocks([
        { type: 'reasoning.text', text: 'a ' },
        { type: 'reasoning.text', text: 'b' },
        { type: 'reasoning.text', signature: 'S' },
        { type: 'reasoning.encrypted', data: 'Zm8=' },
      ]),
    ).toEqual([
      { type: 'thinking', thinking: 'a b', signature: 'S' },
      { type: 'redacted_thinking', data: 'Zm8=' },
      { type: 'text', text: 'ok' },
    ]);
    expect(blocks([{ type: 'reasoning.text', text: '', signature: 'S' }])?.[0]).toEqual({ type: 'thinking', thinking: '', signature: 'S' });
    expect(blocks([{ type: 'reasoning.text', text: 'a' }])).toEqual([{ type: 'text', text: 'ok' }]);
    const foreign = { type: 'reasoning.encrypted', data: 'GEMINI', format: 'google-gemini-v1' };
    expect(blocks([foreign])).toEqual([{ type: 'text', text: 'ok' }]);
  });
});

test('the request says its version, and never its key', () => {
  const body = parseJsonBody<ChatRequest>(Buffer.from('{"model":"x","messages":[{"role":"user","content":"hi"}],"max_tokens":9}'));
  const target = sampleTarget({ baseUrl: 'https://api.anthropic.com/v1', authScheme: 'x-api-key', providerModelId: 'claude-opus-4-8' });
  const prepared = prepareRequest({ target, body, stream: true });
  expect(prepared).toMatchObject({
    url: 'https://api.anthropic.com/v1/messages',
    auth: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01', accept: 'text/event-stream' },
  });
  expect(JSON.parse(Buffer.from(prepared.body ?? []).toString())).toMatchObject({ model: 'claude-opus-4-8', stream: true, max_tokens: 9 });
  expect(prepareRequest({ target, body, stream: false }).headers.accept).toBe('application/json');
});
