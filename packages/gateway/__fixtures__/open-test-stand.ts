import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { type ModelSettings, openTestGateway, type TestGateway } from './open-test-gateway.ts';

/** A gateway with one model, `slug`, of a fake vLLM. It costs 0.15 and 0.60 USD a million tokens. */
export interface TestStand {
  readonly gateway: TestGateway;
  readonly upstream: FakeOpenAi;
  readonly slug: string;
  addModel(name: string, settings?: ModelSettings): Promise<string>;
  close(): Promise<void>;
}

export const fakeKey = 'sk-canary-8c1b7a5d2e4f6081';
export const hello = [{ role: 'user', content: 'Hello there' }];
const prices = { input_cost_per_token: '0.00000015', output_cost_per_token: '0.0000006' };

export async function openTestStand(): Promise<TestStand> {
  const gateway = await openTestGateway({ keepAliveMs: 300 });
  const upstream = await startFakeOpenAi({ variant: 'vllm', apiKey: fakeKey });
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: 'llama-3',
    credential: { api_key: fakeKey },
  } as const;
  const addModel = (name: string, settings?: ModelSettings) => gateway.addModel(connection, name, settings);
  return {
    gateway,
    upstream,
    slug: await addModel('Acme Llama', prices),
    addModel,
    async close() {
      await gateway.close();
      await upstream.close();
    },
  };
}
