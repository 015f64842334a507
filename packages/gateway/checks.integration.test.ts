import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const none = { json_mode: false, vision: false, tool_use: false, reasoning: false };
let stand: TestStand;
let plain: string;
let asked: number;
beforeAll(async () => {
  stand = await openTestStand();
  plain = await stand.addModel('Plain', { capabilities: none, max_tokens: 100 });
  asked = stand.upstream.requests.length;
});
afterAll(() => stand.close());
afterEach(() => stand.gateway.limitTo(null));

async function refusal(body: object | string | Buffer) {
  const answer = await postChat(stand.gateway.url, body);
  // Nothing that is refused reaches a provider or the log.
  expect(stand.upstream.requests.length).toBe(asked);
  return { status: answer.status, ...(answer.json as unknown as { error: { code: string; param: string | null; message: string } }).error };
}

describe('who may call what', () => {
  it('knows no other models, and none that are gone', async () => {
    expect(await refusal({ model: 'nobody', messages: hello })).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    const gone = await stand.addModel('Gone');
    asked = stand.upstream.requests.length;
    await stand.gateway.deactivate(gone);
    expect(await refusal({ model: gone, messages: hello })).toMatchObject({
      status: 409,
      code: 'model_inactive',
      message: expect.stringContaining(gone),
    });
  });

  it('keeps a limited key to its models', async () => {
    stand.gateway.limitTo([plain]);
    expect(await refusal({ model: stand.slug, messages: hello })).toMatchObject({ status: 403, code: 'model_not_allowed' });
    expect((await postChat(stand.gateway.url, { model: plain, messages: hello })).status).toBe(200);
    asked = stand.upstream.requests.length;
  });
});

describe('capabilities', () => {
  const image = [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
      ],
    },
  ];
  it.each([
    [{ tools: [{ type: 'function', function: { name: 'weather' } }] }, 'tools', 'Tool use'],
    [{ functions: [{ name: 'weather' }] }, 'functions', 'Tool use'],
    [{ tool_choice: 'required' }, 'tool_choice', 'Tool use'],
    [{ response_format: { type: 'json_object' } }, 'response_format', 'JSON mode'],
    [{ response_format: { type: 'json_schema', json_schema: { name: 'x', schema: {} } } }, 'response_format', 'JSON mode'],
    [{ reasoning_effort: 'high' }, 'reasoning_effort', 'Extended reasoning'],
    [{ reasoning: { max_tokens: 2000 } }, 'reasoning', 'Extended reasoning'],
    [{ messages: image }, 'messages[0].content[1]', 'Vision'],
  ])('refuses %o of a model without it', async (fields, param, name) => {
    const error = await refusal({ model: plain, messages: hello, ...fields });
    expect(error).toMatchObject({ status: 400, code: 'capability_missing', param });
    expect(error.message).toContain(plain);
    expect(error.message).toContain(name);
  });

  describe('thinking', () => {
    let thinker: string;
    beforeAll(async () => {
      thinker = await stand.addModel('Thinker', { capabilities: { ...none, reasoning: true }, max_tokens: 4_000 });
      asked = stand.upstream.requests.length;
    });

    it.each([
      [{ reasoning_effort: 'enormous' }, 'reasoning_effort', 'none, minimal, low, medium, high, xhigh or max'],
      [{ reasoning: { effort: 'enormous' } }, 'reasoning.effort', 'none, minimal, low, medium, high, xhigh or max'],
      [{ reasoning: { max_tokens: 4_000 } }, 'reasoning.max_tokens', 'from 1 to 3999'],
      [{ reasoning: { max_tokens: 500 }, max_tokens: 500 }, 'reasoning.max_tokens', 'from 1 to 499'],
      [{ reasoning: { max_tokens: -1 } }, 'reasoning.max_tokens', 'from 1 to 3999'],
      [{ reasoning: { max_tokens: 1.5 } }, 'reasoning.max_tokens', 'from 1 to 3999'],
    ])('out of range is refused: %o', async (fields, param, fix) => {
      const error = await refusal({ model: thinker, messages: hello, ...fields });
      expect(error).toMatchObject({ status: 400, code: 'unsupported_parameter', param });
      expect(error.message).toContain(fix);
    });

    it.each([{ reasoning_effort: 'max' }, { reasoning: { max_tokens: 3_999 } }, { reasoning: { enabled: false, max_tokens: 9_000 } }])(
      'in range goes out: %o',
      async (fields) => {
        expect((await postChat(stand.gateway.url, { model: thinker, messages: hello, ...fields })).status).toBe(200);
        asked = stand.upstream.requests.length;
      },
    );
  });

  it.each([
    { tools: [] },
    { tool_choice: 'auto' },
    { response_format: { type: 'text' } },
    { reasoning_effort: 'none' },
    { reasoning: { enabled: false } },
  ])('lets %o pass, which asks for nothing', async (fields) => {
    expect((await postChat(stand.gateway.url, { model: plain, messages: hello, ...fields })).status).toBe(200);
    asked = stand.upstream.requests.length;
  });

  it('refuses a longer answer than the model gives', async () => {
    expect(await refusal({ model: plain, messages: hello, max_tokens: 101 })).toMatchObject({
      status: 400,
      code: 'unsupported_parameter',
      param: 'max_tokens',
    });
    expect(await refusal({ model: plain, messages: hello, max_completion_tokens: 101 })).toMatchObject({ param: 'max_completion_tokens' });
  });
});

describe('bad input', () => {
  it.each([
    ['', 'invalid_json', null],
    ['null', 'invalid_json', null],
    ['[]', 'invalid_json', null],
    ['"x"', 'invalid_json', null],
    ['{', 'invalid_json', null],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'invalid_json', null],
    ['{}', 'invalid_request', 'model'],
    ['{"model":1,"messages":[]}', 'invalid_request', 'model'],
    ['{"model":"","messages":[]}', 'invalid_request', 'model'],
    ['{"model":"m"}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":[]}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":{}}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":[null]}', 'invalid_request', 'messages[0]'],
    ['{"model":"m","messages":[{"content":"x"}]}', 'invalid_request', 'messages[0].role'],
    ['{"model":"m","messages":[{"role":"user","content":5}]}', 'invalid_request', 'messages[0].content'],
    ['{"model":"m","messages":[{"role":"user","content":["x"]}]}', 'invalid_request', 'messages[0].content[0]'],
    ['{"model":"m","messages":[{"role":"assistant","tool_calls":"x"}]}', 'invalid_request', 'messages[0].tool_calls'],
    ['{"model":"m","model":"n","messages":[]}', 'duplicate_field', null],
    ['{"model":"m","\\u006dodel":"n","messages":[]}', 'duplicate_field', null],
  ])('refuses %j', async (body, code, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code, param });
  });

  it.each([
    { stream: 'yes' },
    { stream_options: [] },
    { max_tokens: -1 },
    { max_tokens: 1.5 },
    { max_completion_tokens: '10' },
    { temperature: 'hot' },
    { top_p: {} },
    { stop: [1] },
    { tools: {} },
    { tools: ['x'] },
    { tool_choice: 5 },
    { response_format: 'json' },
    { response_format: {} },
    { reasoning_effort: 5 },
    { reasoning: 'high' },
  ])('refuses %o, and names the parameter', async (fields) => {
    expect(await refusal({ model: stand.slug, messages: hello, ...fields })).toMatchObject({
      status: 400,
      code: 'invalid_request',
      param: Object.keys(fields)[0],
    });
  });

  it.each([
    { api_base: 'http://evil.test' },
    { base_url: 'x' },
    { api_key: 'x' },
    { extra_headers: {} },
    { litellm_params: { api_base: 'x' } },
    { extra_body: { a: { b: { api_key: 'x' } } } },
  ])('refuses %o, which would choose where the call goes', async (fields) => {
    expect(await refusal({ model: stand.slug, messages: hello, ...fields })).toMatchObject({
      status: 400,
      code: 'unsupported_parameter',
      param: Object.keys(fields)[0],
    });
  });

  it('takes any name inside the words and schemas of the caller', async () => {
    const tools = [
      { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: { api_key: { type: 'string' } } } } },
    ];
    expect((await postChat(stand.gateway.url, { model: stand.slug, messages: hello, tools, metadata: { base_url: 'x' } })).status).toBe(
      200,
    );
    asked = stand.upstream.requests.length;
  });

  it('leaves the prototype of objects alone', async () => {
    const body = `{"model":"${stand.slug}","messages":[{"role":"user","content":"x"}],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
    expect((await postChat(stand.gateway.url, body)).status).toBe(200);
    asked = stand.upstream.requests.length;
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
