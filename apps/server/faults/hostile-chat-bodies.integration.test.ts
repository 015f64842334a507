import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';
import { registerModel } from './testing/register-model.ts';

let database: TestDatabase;
let server: TestServer;
let provider: FakeOpenAi;
let client: ApiClient;
let model: string;

beforeAll(async () => {
  [database, provider] = await Promise.all([createTestDatabase(), startFakeOpenAi({ variant: 'vllm' })]);
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  client = createApiClient(server.url, server.admin.apiKey);
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: provider.baseUrl,
    provider_model_id: 'acme-7b',
    credential: { api_key: 'sk-of-the-provider' },
  };
  model = await registerModel(client, connection, { display_name: 'Acme' });
});

afterAll(async () => {
  await server?.stop();
  await provider?.close();
  await database?.close();
});

const messages = [{ role: 'user', content: 'Hi' }];
const withFields = (fields: Readonly<Record<string, unknown>>) => JSON.stringify({ model, messages, ...fields });
const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/** Sends the text; the provider must not hear of it. */
async function refuse(text: string) {
  const before = provider.requests.length;
  const answer = await client.call('POST', '/v1/chat/completions', { text });
  expect(provider.requests.length).toBe(before);
  const { error } = answer.json<{ error: { message: string; type: string; param: string | null; code: string } }>();
  expect(error.message.length).toBeGreaterThan(10);
  expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
  return { status: answer.status, ...error };
}

describe('what is no chat body at all', () => {
  const bodies: readonly (readonly [string, () => string, number, string])[] = [
    ['nothing', () => '', 400, 'invalid_json'],
    ['half an object', () => '{"model":"x","messages":[', 400, 'invalid_json'],
    ['a comment', () => '{"model":"x"} // hello', 400, 'invalid_json'],
    ['two objects', () => `${withFields({})}${withFields({})}`, 400, 'invalid_json'],
    ['NaN', () => `{"model":"${model}","messages":[{"role":"user","content":"Hi"}],"temperature":NaN}`, 400, 'invalid_json'],
    ['Infinity', () => `{"model":"${model}","messages":[{"role":"user","content":"Hi"}],"temperature":Infinity}`, 400, 'invalid_json'],
    ['hex numbers', () => `{"model":"${model}","messages":[{"role":"user","content":"Hi"}],"max_tokens":0x10}`, 400, 'invalid_json'],
    ['a list', () => '[]', 400, 'invalid_json'],
    ['null', () => 'null', 400, 'invalid_json'],
    ['text', () => '"x"', 400, 'invalid_json'],
    ['a depth of 1,000', () => `{"model":"${model}","messages":${nest(1_000)}}`, 400, 'invalid_json'],
    ['a depth of 100,000', () => nest(100_000), 400, 'invalid_json'],
    ['one field twice', () => `{"model":"other","model":"${model}","messages":[{"role":"user","content":"Hi"}]}`, 400, 'duplicate_field'],
    ['a twin in other spelling', () => `{"m\\u006fdel":"other",${withFields({}).slice(1)}`, 400, 'duplicate_field'],
    ['25 MB', () => withFields({ user: 'x'.repeat(25_000_000) }), 413, 'body_too_large'],
    ['no model', () => JSON.stringify({ messages }), 400, 'invalid_request'],
    ['a model of another type', () => withFields({ model: { id: 'x' } }), 400, 'invalid_request'],
    ['a model that does not exist', () => withFields({ model: 'no-such-model' }), 404, 'model_not_found'],
    ['a model by way of a prototype', () => withFields({ model: '__proto__' }), 404, 'model_not_found'],
  ];

  it.each(bodies)('%s', async (_, text, status, code) => {
    expect(await refuse(text())).toMatchObject({ status, code });
  });
});

describe('fields of the wrong kind', () => {
  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ['messages', [undefined, [], {}, 'Hi', 7, [null], ['Hi'], [[]], [{}], [{ role: 'root', content: 'Hi' }], [{ role: 7 }]]],
    ['stream', ['yes', 1, {}, []]],
    ['stream_options', ['x', [], true]],
    ['max_tokens', ['10', 0, -1, 1.5, 1e308, {}, true]],
    ['max_completion_tokens', ['10', 0, -1, 1.5, []]],
    ['temperature', ['hot', {}, [], true]],
    ['top_p', ['0.5', {}, []]],
    ['stop', [7, {}, [7], [null]]],
    ['tools', ['x', {}, [null], ['search'], 7]],
    ['tool_choice', [7, [], true]],
    ['response_format', ['json', [], {}, { type: 7 }]],
    ['reasoning_effort', [7, {}, []]],
    ['reasoning', ['high', [], 7]],
  ];

  it.each(wrong)('%s', async (field, values) => {
    for (const value of values) {
      const refused = await refuse(withFields({ [field]: value }));
      expect(refused.status, JSON.stringify(value)).toBe(400);
      expect(refused.param?.startsWith(field), `${JSON.stringify(value)}: ${refused.message}`).toBe(true);
    }
  });

  it('contents that are none', async () => {
    for (const content of [7, {}, true, [7], [null], ['Hi'], [{}], [{ type: 7 }]]) {
      const refused = await refuse(withFields({ messages: [{ role: 'user', content }] }));
      expect(refused.param, JSON.stringify(content)).toMatch(/^messages\[0\]\.content/);
    }
  });

  it('what the model is not switched on for', async () => {
    const image = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://169.254.169.254/latest/meta-data/' } }] }];
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
    for (const fields of [{ messages: image }, { tools }, { response_format: { type: 'json_object' } }, { reasoning_effort: 'high' }]) {
      expect(await refuse(withFields(fields)), JSON.stringify(fields)).toMatchObject({ status: 400, code: 'capability_missing' });
    }
  });
});

describe('fields that would choose where the call goes', () => {
  const routing = ['api_base', 'base_url', 'api_key', 'api_version', 'extra_headers', 'aws_access_key_id', 'aws_secret_access_key'];
  const places: readonly (readonly [string, (field: string) => Readonly<Record<string, unknown>>])[] = [
    ['at the root', (field) => ({ [field]: 'http://attacker.example' })],
    ['one deep', (field) => ({ extra_body: { [field]: 'x' } })],
    ['two deep', (field) => ({ litellm_params: { more: { [field]: 'x' } } })],
    ['three deep, in a list', (field) => ({ a: { b: [{ [field]: { x: 1 } }] } })],
  ];

  it.each(places)('%s', async (_, fieldsFor) => {
    for (const field of routing) {
      const fields = fieldsFor(field);
      expect(await refuse(withFields(fields)), field).toMatchObject({ status: 400, param: Object.keys(fields)[0] });
    }
  });

  it('in another spelling of the name', async () => {
    expect(await refuse(`{"api\\u005fbase":"http://attacker.example",${withFields({}).slice(1)}`)).toMatchObject({ status: 400 });
  });

  it('are words like others inside of messages, and go to the model as they are', async () => {
    const content = '{"api_base": "http://attacker.example"}';
    const answer = await client.call('POST', '/v1/chat/completions', { body: { model, messages: [{ role: 'user', content }] } });
    expect(answer.status).toBe(200);
    expect(provider.requests.at(-1)?.body).toMatchObject({ messages: [{ role: 'user', content }] });
  });
});

it('lives on, with nothing unexpected in its log', async () => {
  const answer = await client.call('POST', '/v1/chat/completions', { text: withFields({ an_unknown_field: { of: 'the provider' } }) });
  expect(answer.status).toBe(200);
  expect(provider.requests.at(-1)?.body).toMatchObject({ model: 'acme-7b', an_unknown_field: { of: 'the provider' } });
  expect(server.logLines.filter((line) => /internal_error|request_failed|task_failed/.test(line))).toEqual([]);
});
