import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import { Secret } from '@pipelines/contracts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizeRequest } from '../authorize-request.ts';
import { encodeException, toConverseFrames } from '../testing/converse-answers.ts';
import { type FakeBedrock, startFakeBedrock } from '../testing/fake-bedrock.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { bedrockConverseAdapter } from './bedrock-converse-adapter.ts';

const identity = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const messages = [{ role: 'user' as const, content: [{ text: 'ping' }] }];

/** The official client judges the fake that our adapter is tested against. */
describe('the official AWS client', () => {
  let upstream: FakeBedrock;
  beforeAll(async () => {
    upstream = await startFakeBedrock({
      identities: [identity],
      apiKeys: ['ABSK-key-1'],
      models: [modelId],
      profileOnlyModels: ['acme.only-v1'],
    });
  });
  afterAll(() => upstream.close());

  const client = (parts: object = {}) =>
    new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: upstream.origin,
      credentials: identity,
      authSchemePreference: ['sigv4'],
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
      ...parts,
    });
  const converse = (parts: object = {}, id = modelId) => client(parts).send(new ConverseCommand({ modelId: id, messages }));

  test('is answered, plain', async () => {
    const { output, stopReason, usage } = await converse();
    expect(output?.message?.content).toEqual([{ text: 'pong' }]);
    expect([stopReason, usage?.outputTokens]).toEqual(['end_turn', 1]);
  });

  test('is answered, streamed', async () => {
    const { stream } = await client().send(
      new ConverseStreamCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'größe 😀' }] }] }),
    );
    const texts: string[] = [];
    let usage: number | undefined;
    for await (const event of stream ?? []) {
      texts.push(event.contentBlockDelta?.delta?.text ?? '');
      usage ??= event.metadata?.usage?.outputTokens;
    }
    expect(texts.join('')).toBe('You said: größe 😀');
    expect(usage).toBe(4);
  });

  test('is answered for a bearer key', async () => {
    const { stopReason } = await converse({ token: { token: 'ABSK-key-1' }, authSchemePreference: ['httpBearerAuth'] });
    expect(stopReason).toBe('end_turn');
  });

  test.each([
    ['a wrong secret', { credentials: { ...identity, secretAccessKey: 'wrong' } }, 'InvalidSignatureException'],
    ['an unknown key ID', { credentials: { ...identity, accessKeyId: 'AKIAUNKNOWN' } }, 'UnrecognizedClientException'],
    ['a session token that does not belong', { credentials: { ...identity, sessionToken: 'x' } }, 'UnrecognizedClientException'],
    ['another region', { region: 'eu-west-1' }, 'InvalidSignatureException'],
    ['a wrong bearer key', { token: { token: 'wrong' }, authSchemePreference: ['httpBearerAuth'] }, 'AccessDeniedException'],
  ])('gets the right exception for %s', async (_, parts, name) => {
    await expect(converse(parts)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
  });

  test('gets the right exceptions for models', async () => {
    await expect(converse({}, 'never.heard-of')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(converse({}, 'acme.only-v1')).rejects.toThrow(/on-demand throughput isn.t supported/);
    await expect(converse({}, 'us.acme.only-v1')).resolves.toMatchObject({ stopReason: 'end_turn' });
  });

  test('counts the tokens of a prompt, under the name of the model itself', async () => {
    const system = [{ text: 'Be brief.' }];
    const count = (id: string) => client().send(new CountTokensCommand({ modelId: id, input: { converse: { messages, system } } }));
    expect((await count(modelId.replace('us.', ''))).inputTokens).toBe(3);
    await expect(count(modelId)).rejects.toThrow(/doesn't support counting tokens/);
  });

  test('gets an exception in mid-stream', async () => {
    const frames = toConverseFrames({
      chunks: ['a'],
      reasoning: null,
      toolCalls: [],
      finishReason: null,
      promptTokens: 1,
      completionTokens: 1,
      usage: null,
    });
    upstream.answerOnce({ rawStream: [...frames, encodeException('throttlingException', 'slow down')] });
    const { stream } = await client().send(new ConverseStreamCommand({ modelId, messages }));
    const drain = async () => {
      for await (const _ of stream ?? []);
    };
    await expect(drain()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('our own signature', () => {
  const secrets = (parts: Partial<typeof identity> = {}) => ({
    accessKeyId: new Secret(parts.accessKeyId ?? identity.accessKeyId),
    secretAccessKey: new Secret(parts.secretAccessKey ?? identity.secretAccessKey),
  });

  test.each([
    ['wrong secret', { secretAccessKey: 'wrong' }, 'us-east-1', { reason: 'bad_key', detail: 'secret_access_key' }],
    ['unknown key ID', { accessKeyId: 'AKIAUNKNOWN' }, 'us-east-1', { reason: 'bad_key', detail: 'access_key_id' }],
    ['other region', {}, 'eu-west-1', { reason: 'wrong_region' }],
  ])('%s is told apart, and lists are signed too', async (_, parts, region, cause) => {
    const upstream = await startFakeBedrock({ identities: [identity], profileOnlyModels: ['acme.only-v1'] });
    const lists = (credential: ReturnType<typeof secrets>, signedRegion: string) =>
      Promise.all(
        (
          bedrockConverseAdapter.modelList?.prepare({
            baseUrl: upstream.origin,
            region: signedRegion,
            authScheme: 'sigv4-bedrock',
            quirks: {},
          }) ?? []
        ).map(async (prepared) => {
          const { url, headers } = await authorizeRequest(prepared, credential);
          const response = await fetch(url, { headers });
          return {
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body: new Uint8Array(await response.arrayBuffer()),
          };
        }),
      );
    const good = bedrockConverseAdapter.modelList?.read(await lists(secrets(), 'us-east-1'));
    expect(good?.map((model) => model.id)).toEqual(['us.acme.only-v1', 'amazon.nova-lite-v1:0']);
    const [refused] = await lists(secrets(parts), region);
    if (refused === undefined) throw new Error('no answer');
    expect(bedrockConverseAdapter.classify(refused, sampleTarget())).toMatchObject(cause);
    await upstream.close();
  });
});
