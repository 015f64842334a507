import type { ChatMessage, ChatRequest } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import type { AdapterTarget } from '../adapter.ts';
import { parseJsonBody } from '../json-body.ts';
import { everyCapability, impossibleMessages, sampleTarget, weatherTool } from '../testing/sample-requests.ts';
import { prepareRequest } from './prepare-request.ts';
import { toGenerate } from './to-generate.ts';

const convert = (request: Partial<ChatRequest>, parts: Partial<AdapterTarget> = {}) =>
  toGenerate(
    { model: 'slug', messages: [{ role: 'user', content: 'hi' }], ...request },
    sampleTarget({ providerModelId: 'gemini-2.5-flash', ...parts }),
  );
const thrown = (request: Partial<ChatRequest>, providerModelId = 'gemini-2.5-flash') => {
  try {
    convert(request, { providerModelId });
  } catch (error) {
    return error as { code: string; param: string | null; message: string };
  }
  return null;
};
const call = (id: string, text: string, extra: object = {}) => ({
  id,
  type: 'function' as const,
  function: { name: 'weather', arguments: text },
  ...extra,
});
const user = (content: ChatMessage['content']) => ({ messages: [{ role: 'user' as const, content }] });

describe('messages', () => {
  test('system texts apart, turns merged, empty texts out, the first turn is the user’s', () => {
    const { body } = convert({
      messages: [
        { role: 'system', content: 'one' },
        { role: 'developer', content: [{ type: 'text', text: 'two' }] },
        { role: 'assistant', content: 'welcome' },
        { role: 'user', content: 'a' },
        { role: 'user', content: '' },
        { role: 'user', content: [{ type: 'text', text: 'b' }] },
      ],
    });
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 'one' }, { text: 'two' }] },
      contents: [
        { role: 'user', parts: [{ text: '(empty)' }] },
        { role: 'model', parts: [{ text: 'welcome' }] },
        { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
      ],
    });
  });

  test('a tool loop: results under the name of their call, as they were written, a picture beside them', () => {
    const { body } = convert({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: null, tool_calls: [call('call_1', '{"city":"Rome"}'), call('call_2', '')] },
        { role: 'tool', tool_call_id: 'call_2', content: '{"id":12345678901234567890}' },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      ],
    });
    expect(body.contents.slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'call_1', name: 'weather', args: { city: 'Rome' } } },
          { functionCall: { id: 'call_2', name: 'weather', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'call_2', name: 'weather', response: { output: '{"id":12345678901234567890}' } } },
          { functionResponse: { id: 'call_1', name: 'weather', response: { output: '' } } },
          { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
        ],
      },
    ]);
  });

  test('images inline, or by https where the model fetches them', () => {
    const image = (url: string) => user([{ type: 'image_url', image_url: { url } }]);
    const part = (url: string) => convert(image(url)).body.contents[0]?.parts[0];
    expect(part('data:image/jpg;base64,AAAA')).toEqual({ inlineData: { mimeType: 'image/jpeg', data: 'AAAA' } });
    expect(part('https://example.com/a/x.PNG?y=1')).toEqual({
      fileData: { mimeType: 'image/png', fileUri: 'https://example.com/a/x.PNG?y=1' },
    });
    expect(part('https://example.com/x')).toMatchObject({ fileData: { mimeType: 'image/jpeg' } });
    for (const url of ['http://example.com/x.png', 'data:text/html;base64,AAAA', 'file:///etc/passwd', 'gs://bucket/x', '']) {
      expect(thrown(image(url))).toMatchObject({ code: 'unsupported_parameter', param: 'messages' });
    }
    expect(thrown(image('https://example.com/x.png'), 'gemini-2.0-flash')).toMatchObject({ code: 'unsupported_parameter' });
  });

  test('a tool result that answers no call is refused', () => {
    const messages: ChatMessage[] = [{ role: 'tool', tool_call_id: 'never', content: 'x' }];
    expect(thrown({ messages })).toMatchObject({ code: 'invalid_request', param: 'messages' });
  });

  test.each(impossibleMessages)('what cannot be sent is refused in our words: %#', (request) => {
    const error = thrown(request);
    expect(error).toMatchObject({ code: 'invalid_request', param: 'messages' });
    expect(error?.message).not.toContain('CNRY');
  });
});

describe('signatures', () => {
  const signed = (thought_signature: string) => ({ extra_content: { google: { thought_signature } } });
  const detail = (data: string, id?: string, format = 'google-gemini-v1') => ({
    type: 'reasoning.encrypted',
    data,
    format,
    ...(id ? { id } : {}),
  });
  const model = (assistant: Partial<ChatMessage>, after: readonly ChatMessage[] = []) => {
    const messages: ChatMessage[] = [{ role: 'user', content: 'go' }, { role: 'assistant', ...assistant }, ...after];
    const { body, changes } = convert({ messages }, { providerModelId: 'gemini-3.1-pro' });
    return { signatures: body.contents[1]?.parts.map((part) => part.thoughtSignature), changes };
  };

  test('come back with the call, from extra_content or from reasoning_details', () => {
    const calls = (extra: object = {}) => [call('c1', '{}', extra), call('c2', '{}')];
    expect(model({ tool_calls: calls(signed('S')) })).toEqual({ signatures: ['S', undefined], changes: [] });
    expect(model({ tool_calls: calls(), reasoning_details: [detail('S', 'c1')] })).toEqual({ signatures: ['S', undefined], changes: [] });
  });

  test('come back with the text, or alone', () => {
    expect(model({ content: 'ok', ...signed('S') }).signatures).toEqual(['S']);
    expect(model({ content: 'ok', reasoning_details: [detail('S')] }).signatures).toEqual(['S']);
    expect(model({ content: null, ...signed('S') }).signatures).toEqual(['S']);
  });

  test('that are lost, or another maker’s, are told to be unknown, in the turn that goes on only', () => {
    const foreign = [{ type: 'reasoning.encrypted', data: 'CLAUDE' }, detail('X', 'c1', 'anthropic-claude-v1')];
    expect(model({ tool_calls: [call('c1', '{}')], reasoning_details: foreign })).toEqual({
      signatures: ['skip_thought_signature_validator'],
      changes: ['tool_calls: sent without the thought signatures that came with them'],
    });
    const later: ChatMessage[] = [
      { role: 'tool', tool_call_id: 'c1', content: 'x' },
      { role: 'user', content: 'thanks' },
    ];
    expect(model({ tool_calls: [call('c1', '{}')] }, later)).toEqual({ signatures: [undefined], changes: [] });
    const old = convert({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', tool_calls: [call('c1', '{}')] },
      ],
    });
    expect(old).toMatchObject({ changes: [] });
  });
});

describe('tools', () => {
  test.each([
    ['auto', { mode: 'AUTO' }],
    ['required', { mode: 'ANY' }],
    ['none', { mode: 'NONE' }],
    [
      { type: 'function', function: { name: 'weather' } },
      { mode: 'ANY', allowedFunctionNames: ['weather'] },
    ],
    [null, undefined],
  ] as const)('tool_choice %j', (tool_choice, wanted) => {
    const { body } = convert({ tools: [weatherTool], tool_choice });
    expect(body.toolConfig?.functionCallingConfig).toEqual(wanted);
    expect(body.tools?.[0].functionDeclarations).toEqual([
      { name: 'weather', description: 'The weather of a city.', parametersJsonSchema: weatherTool.function.parameters },
    ]);
  });

  test('what has no place is dropped, and said so', () => {
    const tools = [{ type: 'function' as const, function: { name: 'now', strict: true } }];
    const { body, changes } = convert({ tools, parallel_tool_calls: true });
    expect(body.tools).toEqual([{ functionDeclarations: [{ name: 'now' }] }]);
    expect(changes).toEqual([
      'parallel_tool_calls: dropped, Gemini has no such parameter',
      'tools: strict dropped, Gemini has no such parameter',
    ]);
    expect(convert({ tool_choice: 'auto' }).body.toolConfig).toBeUndefined();
  });
});

describe('limits, samplers, answers', () => {
  test('have their places; what has none is dropped, and said so', () => {
    const numbers = { max_tokens: 5, temperature: 1.4, top_p: 0.9, top_k: 40, seed: 1, presence_penalty: 0.5, frequency_penalty: 0 };
    const { body, changes } = convert({
      ...numbers,
      stop: ['1', '', '2', '3', '4', '5', '6'],
      n: 2,
      logprobs: true,
      user: 'u',
      'x\r\ny': 1,
    });
    expect(body.generationConfig).toEqual({
      maxOutputTokens: 5,
      temperature: 1.4,
      topP: 0.9,
      topK: 40,
      seed: 1,
      presencePenalty: 0.5,
      frequencyPenalty: 0,
      stopSequences: ['1', '2', '3', '4', '5'],
    });
    expect(changes).toEqual([
      ...['n', 'logprobs', 'user'].map((field) => `${field}: dropped, Gemini has no such parameter`),
      'stop: only the first 5 sent, Gemini takes no more',
    ]);
    expect(convert({}, { maxTokens: 77 }).body.generationConfig).toEqual({ maxOutputTokens: 77 });
    expect(convert({}).body.generationConfig).toBeUndefined();
  });

  test('JSON, with a schema or without', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 1 } } };
    expect(convert({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } }).body.generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
    });
    expect(convert({ response_format: { type: 'json_object' } }).body.generationConfig).toEqual({ responseMimeType: 'application/json' });
    expect(convert({ response_format: { type: 'text' } }).body.generationConfig).toBeUndefined();
    expect(thrown({ response_format: { type: 'grammar' } })).toMatchObject({ code: 'unsupported_parameter', param: 'response_format' });
  });
});

describe('reasoning', () => {
  const shown = { includeThoughts: true };
  const always = ['reasoning: lowered, this model always thinks'];

  test.each([
    ['gemini-2.5-flash', { effort: 'high' }, { ...shown, thinkingBudget: 3_200 }, []],
    ['gemini-2.5-flash', { max_tokens: 9_000 }, { ...shown, thinkingBudget: 3_999 }, []],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }, []],
    ['gemini-2.5-flash-lite', { max_tokens: 100 }, { ...shown, thinkingBudget: 512 }, []],
    ['gemini-2.5-pro', { enabled: false }, { thinkingBudget: 128 }, always],
    ['gemini-2.5-pro', { effort: 'low', exclude: true }, { thinkingBudget: 1_024 }, []],
    ['gemini-3-pro-preview', { effort: 'medium' }, { ...shown, thinkingLevel: 'HIGH' }, []],
    ['gemini-3.1-pro-preview', { effort: 'medium' }, { ...shown, thinkingLevel: 'MEDIUM' }, []],
    ['gemini-3.1-pro-preview', { effort: 'minimal' }, { ...shown, thinkingLevel: 'LOW' }, []],
    ['gemini-3-flash-preview', { effort: 'minimal' }, { ...shown, thinkingLevel: 'MINIMAL' }, []],
    ['gemini-3.6-flash', { effort: 'xhigh' }, { ...shown, thinkingLevel: 'HIGH' }, []],
    ['gemini-3.6-flash', { max_tokens: 400 }, { ...shown, thinkingLevel: 'LOW' }, []],
    ['gemini-3.6-flash', { effort: 'none' }, { thinkingLevel: 'MINIMAL' }, always],
    ['gemini-2.0-flash', { effort: 'high' }, undefined, ['reasoning: dropped, this model has no thinking step']],
    ['gemma-3-27b-it', { effort: 'none' }, undefined, []],
  ])('%s, asked for %j', (providerModelId, reasoning, wanted, told) => {
    const { body, changes } = convert({ reasoning, max_tokens: 4_000 }, { providerModelId });
    expect(body.generationConfig?.thinkingConfig).toEqual(wanted);
    expect(changes).toEqual(told);
  });

  test('off by capability; no wish, no word', () => {
    const off = convert({ reasoning_effort: 'high' }, { capabilities: { ...everyCapability, reasoning: false } });
    expect(off.body.generationConfig).toBeUndefined();
    expect(off.changes).toEqual(["reasoning: dropped, the model's Extended reasoning is off"]);
    expect(convert({}).body.generationConfig).toBeUndefined();
  });
});

test('a model ID is one segment of the path, with its collection or without', () => {
  const body = parseJsonBody<ChatRequest>(Buffer.from('{"model":"x","messages":[{"role":"user","content":"hi"}]}'));
  const baseUrl = 'https://generativelanguage.googleapis.com/v1beta';
  const urlOf = (providerModelId: string, stream = false) =>
    prepareRequest({ target: sampleTarget({ baseUrl, providerModelId }), body, stream }).url;
  expect(urlOf('gemini-2.5-flash')).toBe(`${baseUrl}/models/gemini-2.5-flash:generateContent`);
  expect(urlOf('models/gemini-2.5-flash', true)).toBe(`${baseUrl}/models/gemini-2.5-flash:streamGenerateContent?alt=sse`);
  expect(urlOf('tunedModels/mine')).toBe(`${baseUrl}/tunedModels/mine:generateContent`);
  for (const providerModelId of ['../../x?y#z', '@evil.com/', 'models/../files', '\\..\\']) {
    const { host, pathname, search } = new URL(urlOf(providerModelId));
    expect([host, pathname.split('/').length, search]).toEqual(['generativelanguage.googleapis.com', 4, '']);
  }
  for (const providerModelId of ['.', '..', 'models/..']) expect(() => urlOf(providerModelId)).toThrow('upstream: model_not_found');
});
