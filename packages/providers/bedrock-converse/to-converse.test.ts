import type { ChatRequest } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import type { AdapterTarget } from '../adapter.ts';
import { parseJsonBody } from '../json-body.ts';
import { everyCapability, impossibleMessages, sampleTarget, weatherTool } from '../testing/sample-requests.ts';
import { prepareRequest } from './prepare-request.ts';
import { toConverse } from './to-converse.ts';

const convert = (request: Partial<ChatRequest>, parts: Partial<AdapterTarget> = {}) =>
  toConverse({ model: 'slug', messages: [{ role: 'user', content: 'hi' }], ...request }, sampleTarget(parts));
const thrown = (request: Partial<ChatRequest>) => {
  try {
    convert(request);
  } catch (error) {
    return error as { code: string; param: string | null; message: string };
  }
  return null;
};
const call = (id: string, text: string) => ({ id, type: 'function' as const, function: { name: 'weather', arguments: text } });

describe('toConverse', () => {
  test('system texts apart, turns merged, blank texts out', () => {
    const { body } = convert({
      messages: [
        { role: 'system', content: 'one' },
        { role: 'developer', content: [{ type: 'text', text: 'two' }] },
        { role: 'assistant', content: 'welcome' },
        { role: 'user', content: 'a' },
        { role: 'user', content: '  ' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'b' },
            { type: 'text', text: '' },
          ],
        },
      ],
    });
    expect(body).toEqual({
      system: [{ text: 'one' }, { text: 'two' }],
      messages: [
        { role: 'user', content: [{ text: '(empty)' }] },
        { role: 'assistant', content: [{ text: 'welcome' }] },
        { role: 'user', content: [{ text: 'a' }, { text: 'b' }] },
      ],
    });
  });

  test('a tool loop: results in one user turn, tools declared even when none are offered, odd IDs the same on both sides', () => {
    const long = `call:${'x'.repeat(90)}`;
    const { body } = convert({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: null, tool_calls: [call(long, '{"city":"Rome"}'), call('call_2', '')] },
        { role: 'tool', tool_call_id: long, content: 'sunny' },
        { role: 'tool', tool_call_id: 'call_2', content: '' },
        { role: 'user', content: 'thanks' },
      ],
    });
    const [, assistant, user] = body.messages as readonly {
      content: { toolUse?: { toolUseId: string }; toolResult?: { toolUseId: string } }[];
    }[];
    const id = assistant?.content[0]?.toolUse?.toolUseId;
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(assistant?.content).toEqual([
      { toolUse: { toolUseId: id, name: 'weather', input: { city: 'Rome' } } },
      { toolUse: { toolUseId: 'call_2', name: 'weather', input: {} } },
    ]);
    expect(user?.content).toEqual([
      { toolResult: { toolUseId: id, content: [{ text: 'sunny' }] } },
      { toolResult: { toolUseId: 'call_2', content: [{ text: '(empty)' }] } },
      { text: 'thanks' },
    ]);
    expect(body.toolConfig).toEqual({ tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }] });
  });

  test('two IDs that only differ in what is cut off stay two', () => {
    const ids = ['a', 'b'].map((end) => `${'x'.repeat(80)}${end}`);
    const { body } = convert({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', tool_calls: ids.map((id) => call(id, '{}')) },
      ],
    });
    const uses = body.messages[1]?.content.map((block) => ('toolUse' in block ? block.toolUse.toolUseId : ''));
    expect(new Set(uses).size).toBe(2);
  });

  test.each([
    ['auto', { auto: {} }],
    ['required', { any: {} }],
    [{ type: 'function', function: { name: 'weather' } }, { tool: { name: 'weather' } }],
    [null, undefined],
  ] as const)('tool_choice %j', (choice, wanted) => {
    expect(convert({ tools: [weatherTool], tool_choice: choice }).body.toolConfig?.toolChoice).toEqual(wanted);
  });

  test('tool_choice none offers no tools, unless earlier turns have called some', () => {
    expect(convert({ tools: [weatherTool], tool_choice: 'none' }).body.toolConfig).toBeUndefined();
    const messages = [
      { role: 'user' as const, content: 'go' },
      { role: 'assistant' as const, tool_calls: [call('c', '{}')] },
      { role: 'tool' as const, tool_call_id: 'c', content: 'x' },
    ];
    const { body, changes } = convert({ messages, tools: [weatherTool], tool_choice: 'none' });
    expect(body.toolConfig?.tools).toHaveLength(1);
    expect(changes).toEqual(['tool_choice: none cannot be sent after earlier tool calls']);
  });

  test('limits and samplers have their places; what has none is dropped, and said so', () => {
    const extra = { n: 2, seed: 1, presence_penalty: 0.5, logprobs: true, logit_bias: {}, user: 'u', store: false, 'x\r\ny': 1 };
    const { body, changes } = convert({ max_tokens: 5, temperature: 0, top_p: 0.9, top_k: 40, stop: 'END', ...extra });
    expect(body.inferenceConfig).toEqual({ maxTokens: 5, temperature: 0, topP: 0.9, stopSequences: ['END'] });
    expect(body.additionalModelRequestFields).toEqual({ top_k: 40 });
    expect(changes).toEqual(
      ['n', 'seed', 'presence_penalty', 'logprobs', 'logit_bias', 'user'].map(
        (field) => `${field}: dropped, Bedrock has no such parameter`,
      ),
    );
    expect(convert({}, { maxTokens: 77 }).body.inferenceConfig).toEqual({ maxTokens: 77 });
    expect(convert({}).body.inferenceConfig).toBeUndefined();
  });

  test('images inline only', () => {
    const image = (url: string) => ({ messages: [{ role: 'user' as const, content: [{ type: 'image_url', image_url: { url } }] }] });
    expect(convert(image('data:image/jpg;base64,AAAA')).body.messages[0]?.content).toEqual([
      { image: { format: 'jpeg', source: { bytes: 'AAAA' } } },
    ]);
    for (const url of ['https://example.com/x.png', 'http://169.254.169.254/', 'data:text/html;base64,AAAA', 'file:///etc/passwd']) {
      expect(thrown(image(url))).toMatchObject({ code: 'unsupported_parameter', param: 'messages' });
    }
  });

  test('a schema has its place; plain JSON mode is refused clearly', () => {
    const json_schema = { name: 'place', schema: { type: 'object' } };
    expect(convert({ response_format: { type: 'json_schema', json_schema } }).body.outputConfig).toEqual({
      textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'place', schema: '{"type":"object"}' } } },
    });
    expect(convert({ response_format: { type: 'text' } }).body.outputConfig).toBeUndefined();
    expect(thrown({ response_format: { type: 'json_object' } })).toMatchObject({ code: 'unsupported_parameter', param: 'response_format' });
  });

  test.each(impossibleMessages)('messages that cannot be sent are refused in our words: %#', (request) => {
    const error = thrown(request);
    expect(error).toMatchObject({ code: 'invalid_request', param: 'messages' });
    expect(error?.message).not.toContain('CNRY');
  });
});

describe('reasoning', () => {
  const extra = (providerModelId: string, request: Partial<ChatRequest>) =>
    convert(request, { providerModelId }).body.additionalModelRequestFields;
  const high = { reasoning: { effort: 'high' }, max_tokens: 4000 };

  test.each([
    ['anthropic.claude-3-7-sonnet-20250219-v1:0', { thinking: { type: 'enabled', budget_tokens: 3200 } }],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', { thinking: { type: 'enabled', budget_tokens: 3200 } }],
    ['us.anthropic.claude-opus-4-20250514-v1:0', { thinking: { type: 'enabled', budget_tokens: 3200 } }],
    ['global.anthropic.claude-opus-4-6-v1', { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } }],
    ['global.anthropic.claude-opus-4-8', { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } }],
    ['anthropic.claude-sonnet-5', { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } }],
    ['openai.gpt-oss-120b-1:0', { reasoning_effort: 'high' }],
    ['openai.gpt-5.4', { reasoning: { effort: 'high' } }],
    ['arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', undefined],
  ])('%s', (id, fields) => {
    expect(extra(id, high)).toEqual(fields);
    if (fields === undefined) expect(convert(high, { providerModelId: id }).body.outputConfig).toEqual({ effort: 'high' });
  });

  test('a budget stays below the limit, or thinking is dropped', () => {
    const id = 'anthropic.claude-3-7-sonnet-20250219-v1:0';
    expect(extra(id, { reasoning: { max_tokens: 9000 }, max_tokens: 2000 })).toEqual({
      thinking: { type: 'enabled', budget_tokens: 1999 },
    });
    const { body, changes } = convert({ reasoning: { max_tokens: 9000 }, max_tokens: 1000 }, { providerModelId: id });
    expect(body.additionalModelRequestFields).toBeUndefined();
    expect(changes).toEqual(['reasoning: dropped, thinking needs max_tokens above 1024']);
  });

  test('no temperature of one’s own while it thinks; interleaved only with tools', () => {
    const { body, changes } = convert(
      { ...high, temperature: 0.2, tools: [weatherTool] },
      { providerModelId: 'eu.anthropic.claude-sonnet-4-20250514-v1:0' },
    );
    expect(body.inferenceConfig).toEqual({ maxTokens: 4000 });
    expect(body.additionalModelRequestFields).toMatchObject({ anthropic_beta: ['interleaved-thinking-2025-05-14'] });
    expect(changes).toEqual(['temperature: dropped, this model takes none while it thinks']);
  });

  test('off by capability or by wish', () => {
    const off = convert(high, { providerModelId: 'openai.gpt-5.4', capabilities: { ...everyCapability, reasoning: false } });
    expect(off.body.additionalModelRequestFields).toBeUndefined();
    expect(off.changes).toEqual(["reasoning: dropped, the model's Extended reasoning is off"]);
    expect(extra('openai.gpt-5.4', { reasoning_effort: 'none' })).toBeUndefined();
  });

  test('signed thoughts go back whole, in pieces too; unsigned ones stay out', () => {
    const messages = (reasoning_details: ChatRequest['messages'][number]['reasoning_details']): ChatRequest['messages'] => [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: 'ok', reasoning_details },
    ];
    const blocks = (details: NonNullable<ChatRequest['messages'][number]['reasoning_details']>) =>
      convert({ messages: messages(details) }).body.messages[1]?.content;
    const whole = { reasoningContent: { reasoningText: { text: 'a b', signature: 'S' } } };
    expect(blocks([{ type: 'reasoning.text', text: 'a b', signature: 'S' }])).toEqual([whole, { text: 'ok' }]);
    const pieces = [
      { type: 'reasoning.text', text: 'a ' },
      { type: 'reasoning.text', text: 'b' },
      { type: 'reasoning.text', signature: 'S' },
    ];
    expect(blocks([...pieces, { type: 'reasoning.encrypted', data: 'Zm8=' }])).toEqual([
      whole,
      { reasoningContent: { redactedContent: 'Zm8=' } },
      { text: 'ok' },
    ]);
    expect(blocks([{ type: 'reasoning.text', text: 'a' }])).toEqual([{ text: 'ok' }]);
  });
});

test('a model ID is one segment of the path, whatever it holds', () => {
  const body = parseJsonBody<ChatRequest>(Buffer.from('{"model":"x","messages":[{"role":"user","content":"hi"}]}'));
  for (const providerModelId of ['../../x?y#z', 'arn:aws:bedrock:us-east-1:1:inference-profile/x', '@evil.com/', '\\..\\']) {
    const { url } = prepareRequest({
      target: sampleTarget({ baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com', providerModelId }),
      body,
      stream: true,
    });
    const parsed = new URL(url);
    expect(parsed.host).toBe('bedrock-runtime.us-east-1.amazonaws.com');
    expect(parsed.pathname).toBe(`/model/${encodeURIComponent(providerModelId)}/converse-stream`);
    expect(parsed.search + parsed.hash).toBe('');
  }
  for (const providerModelId of ['.', '..']) {
    expect(() => prepareRequest({ target: sampleTarget({ providerModelId }), body, stream: false })).toThrow('upstream: model_not_found');
  }
});
