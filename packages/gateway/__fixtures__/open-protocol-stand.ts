import type { Connection, Protocol } from '@pipelines/contracts';
import {
  type ChatScript,
  type FakeOpenAi,
  type RecordedRequest,
  startFakeAnthropic,
  startFakeBedrock,
  startFakeGemini,
  startFakeOpenAi,
} from '@pipelines/providers/testing';
import { type ModelSettings, openTestGateway, type TestGateway } from './open-test-gateway.ts';

/** One model for each protocol behind one gateway. */
export interface ProtocolStand {
  readonly gateway: TestGateway;
  readonly slugs: Readonly<Record<Protocol, string>>;
  addModel(protocol: Protocol, name: string, settings?: ModelSettings): Promise<string>;
  /** Gives a model another credential, beside the one that it has. */
  addRoute(protocol: Protocol, slug: string): Promise<void>;
  addEmbeddings(protocol: Protocol, providerModelId: string): Promise<string>;
  answerOnce(protocol: Protocol, ...scripts: readonly ChatScript[]): void;
  /** The last request that the fake provider of a protocol has seen. */
  lastRequest(protocol: Protocol): RecordedRequest | undefined;
  /** How many calls were seen to be broken off by us. */
  abortsOf(protocol: Protocol): number;
  /** A model at OpenAI itself, which speaks the Responses API too. */
  readonly openai: { readonly slug: string; readonly fake: FakeOpenAi };
  close(): Promise<void>;
}

export const protocols: readonly Protocol[] = ['openai-chat', 'anthropic-messages', 'gemini-generate', 'bedrock-converse'];
/** A picture of one pixel, PNG in base64. */
export const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const standKey = 'sk-canary-3b9d1c77aa20e54f';
const prices = { input_cost_per_token: '0.000003', output_cost_per_token: '0.000015' };

export async function openProtocolStand(): Promise<ProtocolStand> {
  const fakes = {
    'openai-chat': await startFakeOpenAi({ variant: 'vllm', apiKey: standKey }),
    'anthropic-messages': await startFakeAnthropic({ apiKey: standKey }),
    'gemini-generate': await startFakeGemini({ apiKey: standKey }),
    'bedrock-converse': await startFakeBedrock({ apiKeys: [standKey] }),
  };
  const openai = await startFakeOpenAi({ variant: 'openai', apiKey: standKey });
  const gateway = await openTestGateway({
    keepAliveMs: 300,
    providerBaseUrls: {
      openai: openai.baseUrl,
      anthropic: fakes['anthropic-messages'].baseUrl,
      google: fakes['gemini-generate'].baseUrl,
      bedrock: fakes['bedrock-converse'].baseUrl,
    },
  });
  const credential = { api_key: standKey };
  const connections: Readonly<Record<Protocol, Connection>> = {
    'openai-chat': {
      provider: 'openai-compatible',
      auth_kind: 'api_key',
      base_url: fakes['openai-chat'].baseUrl,
      provider_model_id: 'llama-3',
      credential,
    },
    'anthropic-messages': { provider: 'anthropic', auth_kind: 'api_key', provider_model_id: 'claude-sonnet-4-5', credential },
    'gemini-generate': { provider: 'google', auth_kind: 'api_key', provider_model_id: 'gemini-3.1-pro-preview', credential },
    'bedrock-converse': {
      provider: 'bedrock',
      auth_kind: 'api_key',
      region: 'us-east-1',
      provider_model_id: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      credential,
    },
  };
  const addModel = (protocol: Protocol, name: string, settings?: ModelSettings) =>
    gateway.addModel(connections[protocol], name, { ...prices, ...settings });
  const slugs = {} as Record<Protocol, string>;
  for (const protocol of Object.keys(connections) as Protocol[]) slugs[protocol] = await addModel(protocol, protocol);
  const atOpenAi = { provider: 'openai', auth_kind: 'api_key', provider_model_id: 'gpt-5-mini', credential } as const;
  return {
    gateway,
    slugs,
    addEmbeddings: (protocol, providerModelId) =>
      gateway.addModel({ ...connections[protocol], provider_model_id: providerModelId, task: 'embeddings' }, providerModelId, {
        capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: false },
        input_cost_per_token: '0.0000001',
      }),
    openai: { slug: await gateway.addModel(atOpenAi, 'GPT', prices), fake: openai },
    addModel,
    async addRoute(protocol, slug) {
      const { registry, principal } = gateway;
      const test = await registry.testConnection(principal, connections[protocol], AbortSignal.timeout(10_000));
      await registry.addModelCredential(principal, slug, { ...connections[protocol], connection_test_id: test.id ?? '', weight: 1 });
    },
    answerOnce: (protocol, ...scripts) => fakes[protocol].answerOnce(...scripts),
    lastRequest: (protocol) => fakes[protocol].requests.at(-1),
    abortsOf: (protocol) => fakes[protocol].aborts.length,
    async close() {
      await gateway.close();
      for (const fake of [openai, ...Object.values(fakes)]) await fake.close();
    },
  };
}
