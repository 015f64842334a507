import { describe, expect, test } from 'vitest';
import { presetOf } from '../presets.ts';
import { prepareModelList, readModelList } from './list-models.ts';

const answer = (body: unknown, status = 200) => ({
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const prepare = (provider: 'fireworks' | 'together', baseUrl: string) =>
  prepareModelList({ baseUrl, region: null, authScheme: 'bearer', quirks: presetOf(provider).quirks }).map((request) => request.url);

describe('prepareModelList', () => {
  test('the lists are on the host that the key is for', () => {
    expect(prepare('together', 'https://api.together.ai/v1')).toEqual(['https://api.together.ai/v1/models']);
    expect(prepare('fireworks', 'http://127.0.0.1:9001/inference/v1')).toEqual([
      'http://127.0.0.1:9001/inference/v1/models',
      'http://127.0.0.1:9001/v1/accounts/fireworks/models?filter=supports_serverless%3Dtrue&pageSize=200',
    ]);
    expect(prepareModelList({ baseUrl: 'https://x/v1', region: null, authScheme: 'none', quirks: { modelListPath: null } })).toEqual([]);
  });
});

describe('readModelList', () => {
  test('OpenRouter tells prices with tiers, limits, capabilities, efforts and the end', () => {
    const entry = {
      id: 'acme/x',
      name: 'Acme X',
      context_length: 200_000,
      top_provider: { max_completion_tokens: 64_000 },
      pricing: {
        prompt: '0.000003',
        completion: '0.000015',
        input_cache_read: '0.0000003',
        internal_reasoning: '0.00002',
        request: '0.005',
        image: '0.004',
        audio: '0.000032',
        audio_output: '0.000064',
        input_audio_cache: '0.000004',
        web_search: '0.01',
        overrides: [
          { min_prompt_tokens: 128_000, prompt: '0.000006' },
          { min_prompt_tokens: 128_000, completion: '0.00003' },
          { min_prompt_tokens: 32_000, input_cache_read: '0.0000006', audio: '0.00004', input_audio_cache: '0.000005' },
          { min_prompt_tokens: 1, utc_start: 100, utc_end: 400, prompt: '0' },
          { prompt: '0' },
        ],
      },
      supported_parameters: ['tools', 'response_format', 'reasoning'],
      architecture: { input_modalities: ['text', 'image', '<b>'] },
      reasoning: { mandatory: true, supported_efforts: ['high', 'low'], supports_max_tokens: true },
      expiration_date: '2026-12-31',
    };
    expect(readModelList([answer({ data: [entry] })])).toEqual([
      {
        id: 'acme/x',
        name: 'Acme X',
        context_tokens: 200_000,
        maxOutputTokens: 64_000,
        capabilities: { json_mode: true, tool_use: true, reasoning: true, vision: true },
        prices: {
          input: '0.000003',
          output: '0.000015',
          cacheRead: '0.0000003',
          cacheWrite: null,
          reasoning: '0.00002',
          request: '0.005',
          audioInput: '0.000032',
          audioOutput: '0.000064',
          audioCacheRead: '0.000004',
          webSearch: '0.01',
          tiers: [
            {
              ...{ abovePromptTokens: 32_000, input: null, output: null, cacheRead: '0.0000006', cacheWrite: null },
              ...{ audioInput: '0.00004', audioCacheRead: '0.000005' },
            },
            {
              ...{ abovePromptTokens: 128_000, input: '0.000006', output: '0.00003', cacheRead: null, cacheWrite: null },
              ...{ audioInput: null, audioCacheRead: null },
            },
          ],
        },
        chat: true,
        inputModalities: ['text', 'image'],
        thinking: { efforts: ['high', 'low'], takesMaxTokens: true },
        retiresOn: '2026-12-31',
      },
    ]);
  });

  test('what is charged like output, or not at all, is no price of its own', () => {
    const pricing = { prompt: '0.1', completion: '0.2', internal_reasoning: '0.2', request: '0', audio: '0', web_search: '0' };
    expect(readModelList([answer({ data: [{ id: 'x', pricing }] })])[0]?.prices).toMatchObject({
      ...{ reasoning: null, request: null, audioInput: null, webSearch: null },
    });
  });

  test('Together sends a bare array, with prices per million', () => {
    const [chat, image, free] = readModelList([
      answer([
        { id: 'a', type: 'chat', display_name: 'A', context_length: 8192, pricing: { input: 0.88, output: 12, hourly: 0 } },
        { id: 'b', type: 'image' },
        { id: 'c', type: 'chat', pricing: { input: 0, output: 0 } },
      ]),
    ]);
    expect(chat).toMatchObject({ name: 'A', context_tokens: 8192, prices: { input: '0.00000088', output: '0.000012' }, chat: true });
    expect(image).toMatchObject({ chat: false });
    expect(free?.prices).toBeNull();
  });

  test('vLLM, Fireworks and LiteLLM', () => {
    const models = {
      models: [
        { name: 'accounts/fireworks/models/y', displayName: 'Y', contextLength: 131_072, supportsTools: true, supportsImageInput: false },
      ],
    };
    const listed = readModelList([answer({ data: [{ id: 'served', max_model_len: 4096 }, { id: 'all-team-models' }] }), answer(models)]);
    expect(listed).toMatchObject([
      { id: 'served', context_tokens: 4096, capabilities: null },
      { id: 'accounts/fireworks/models/y', name: 'Y', context_tokens: 131_072, capabilities: { tool_use: true, vision: false } },
    ]);
  });

  test('one list that fails is left out; all that fail are an error', () => {
    expect(readModelList([answer('oops', 500), answer({ data: [{ id: 'a' }] })]).map((model) => model.id)).toEqual(['a']);
    expect(() => readModelList([answer({ error: 'Unauthorized' }, 401)])).toThrow('upstream: bad_key');
    expect(readModelList([])).toEqual([]);
  });

  test.each(['', 'null', '{}', '[null,1,"x",{}]', '{"data":{"a":1}}', '<html>', '{"data":[{"id":7},{"id":""}]}'])(
    '%s is an empty list',
    (body) => {
      expect(readModelList([answer(body)])).toEqual([]);
    },
  );

  test('senseless numbers are unknown', () => {
    const entry = {
      id: 'a',
      context_length: -1,
      pricing: { prompt: '-1', completion: 'free' },
      top_provider: { max_completion_tokens: 1.5 },
    };
    expect(readModelList([answer({ data: [entry] })])).toMatchObject([{ context_tokens: null, prices: null, maxOutputTokens: null }]);
  });
});
