import {
  type FakeAnthropic,
  type FakeBedrock,
  type FakeGemini,
  type FakeOpenAi,
  startFakeAnthropic,
  startFakeBedrock,
  startFakeGemini,
  startFakeOpenAi,
} from '@pipelines/providers/testing';

/** The key that each fake takes. Each is found nowhere else, so that a leak can be told. */
export const providerKeys = {
  fireworks: 'fw_3ZkJourneyFireworksKey9f2c',
  together: 'tgp_v1_JourneyTogetherKey71ab',
  openai: 'sk-proj-JourneyOpenAiKey55e0',
  anthropic: 'sk-ant-api03-JourneyAnthropicKey6d4f',
  google: 'AIzaSyJourneyGoogleKey3c9e',
  huggingface: 'hf_JourneyHuggingFaceToken8d11',
  vllm: 'vllm-JourneyCellarKey42cc',
  bedrockApiKey: `ABSK${Buffer.from('BedrockAPIKey-journey-at-123456789012:JourneyBedrockSecret0a').toString('base64')}`,
  iam: { accessKeyId: 'AKIAIOSFODNN7JOURNEY', secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYJOURNEYKEY1234' },
  /** OpenRouter takes two: the operator's, for the platform models, and the organization's own. */
  platform: 'sk-or-v1-JourneyOperatorKey1f9a',
  openrouter: 'sk-or-v1-JourneyOwnKey2b7d',
} as const;

export const bedrockModel = 'anthropic.claude-3-5-sonnet-20240620-v1:0';
/** Bedrock serves it through an inference profile only. */
export const profileOnlyModel = 'anthropic.claude-sonnet-4-20250514-v1:0';
export const togetherModel = 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo';

export interface Providers {
  readonly fireworks: FakeOpenAi;
  readonly together: FakeOpenAi;
  readonly openai: FakeOpenAi;
  readonly openrouter: FakeOpenAi;
  readonly huggingface: FakeOpenAi;
  readonly vllm: FakeOpenAi;
  readonly bedrock: FakeBedrock;
  readonly anthropic: FakeAnthropic;
  readonly google: FakeGemini;
  /** What the operator sets so that fixed provider hosts lead to the fakes. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Every provider as a real server on this machine that speaks the provider's wire and takes only its key. */
export async function startProviders(): Promise<Providers> {
  const { iam, bedrockApiKey } = providerKeys;
  const [fireworks, together, openai, openrouter, huggingface, vllm, bedrock, anthropic, google] = await Promise.all([
    startFakeOpenAi({ variant: 'fireworks', apiKey: providerKeys.fireworks }),
    startFakeOpenAi({ variant: 'together', apiKey: providerKeys.together, models: [togetherModel] }),
    startFakeOpenAi({ variant: 'openai', apiKey: providerKeys.openai }),
    startFakeOpenAi({ variant: 'openrouter' }),
    startFakeOpenAi({ variant: 'huggingface', apiKey: providerKeys.huggingface }),
    startFakeOpenAi({ variant: 'vllm', apiKey: providerKeys.vllm, models: ['qwen3-32b', 'llama-3.3-70b-instruct'] }),
    startFakeBedrock({ apiKeys: [bedrockApiKey], identities: [iam], models: [bedrockModel], profileOnlyModels: [profileOnlyModel] }),
    startFakeAnthropic({ apiKey: providerKeys.anthropic }),
    startFakeGemini({ apiKey: providerKeys.google }),
  ]);
  const running = { fireworks, together, openai, openrouter, huggingface, vllm, bedrock, anthropic, google };
  const fixedHosts = {
    fireworks: fireworks.baseUrl,
    together: together.baseUrl,
    openai: openai.baseUrl,
    openrouter: openrouter.baseUrl,
    bedrock: bedrock.baseUrl,
    anthropic: anthropic.baseUrl,
    google: google.baseUrl,
  };
  return {
    ...running,
    environment: {
      PROVIDER_BASE_URLS: JSON.stringify(fixedHosts),
      OPENROUTER_API_KEY: providerKeys.platform,
      // The fake lists only what journeys call.
      CATALOGUE_SYNC_HOURS: '0',
    },
    close: async () => void (await Promise.all(Object.values(running).map((fake) => fake.close()))),
  };
}
