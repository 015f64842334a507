import {
  type FakeUpstream,
  type OpenAiVariant,
  startFakeAnthropic,
  startFakeBedrock,
  startFakeGemini,
  startFakeOpenAi,
} from '@pipelines/providers/testing';
import { type Canary, makeIamPair, makeSecret, makeShortTermKey, watch } from './canaries.ts';
import { type EchoingFront, startEchoingFront } from './echoing-front.ts';

/** One way to reach a provider, with secrets of its own. */
export interface ProviderCase {
  readonly name: string;
  readonly front: EchoingFront;
  /** The body of a connection test that passes. */
  readonly connection: Readonly<Record<string, unknown>> & { readonly provider: string };
  /** The same place with other secrets, for an edit. */
  readonly replacement: Readonly<Record<string, unknown>>;
  readonly canaries: readonly Canary[];
  /** Names of those that the provider is sent; a secret that only signs never is. */
  readonly sent: readonly string[];
}

export interface Providers {
  readonly cases: readonly ProviderCase[];
  /** For `PROVIDER_BASE_URLS`. */
  readonly baseUrls: Readonly<Record<string, string>>;
  readonly platformFront: EchoingFront;
  close(): Promise<void>;
}

const region = 'us-east-1';
const fixedHosts = ['fireworks', 'together', 'openai'] as const satisfies readonly OpenAiVariant[];

/** A fake of each provider, an echoing front before it, and secrets for each field. */
export async function startProviders(): Promise<Providers> {
  const open: { close(): Promise<void> }[] = [];
  const baseUrls: Record<string, string> = {};
  const cases: ProviderCase[] = [];

  async function stand(name: string, fake: FakeUpstream): Promise<EchoingFront & { readonly baseUrl: string }> {
    const front = await startEchoingFront(name, fake.origin);
    open.push(front, fake);
    return { ...front, baseUrl: fake.baseUrl.replace(fake.origin, front.origin) };
  }

  for (const provider of fixedHosts) {
    const front = await stand(provider, await startFakeOpenAi({ variant: provider }));
    baseUrls[provider] = front.baseUrl;
    cases.push(keyCase(provider, front, { provider, provider_model_id: `${provider}-model` }));
  }
  const huggingface = await stand('huggingface', await startFakeOpenAi({ variant: 'huggingface' }));
  cases.push(keyCase('huggingface', huggingface, { provider: 'huggingface', base_url: huggingface.baseUrl, provider_model_id: 'tgi' }));

  const own = await stand('openai-compatible', await startFakeOpenAi({ variant: 'vllm' }));
  cases.push(headersCase(own, { provider: 'openai-compatible', base_url: own.baseUrl, provider_model_id: 'acme-7b' }));

  const pairs = [makeIamPair(), makeIamPair()] as const;
  const keys = [makeShortTermKey(region), makeShortTermKey(region)] as const;
  const identities = pairs.map((pair) => ({
    accessKeyId: pair.access_key_id,
    secretAccessKey: pair.secret_access_key,
    sessionToken: pair.session_token,
  }));
  const bedrock = await stand('bedrock', await startFakeBedrock({ region, identities, apiKeys: keys.map(({ apiKey }) => apiKey) }));
  baseUrls.bedrock = bedrock.origin;
  const model = { provider: 'bedrock', region, provider_model_id: 'amazon.nova-lite-v1:0' };
  cases.push({
    name: 'bedrock-iam',
    front: bedrock,
    connection: { ...model, auth_kind: 'iam', credential: pairs[0] },
    replacement: pairs[1],
    canaries: pairs.flatMap((pair, index) => Object.entries(pair).map(([field, text]) => watch(`bedrock ${field} ${index + 1}`, text, 4))),
    sent: ['bedrock access_key_id 1', 'bedrock session_token 1', 'bedrock access_key_id 2', 'bedrock session_token 2'],
  });
  const keyCanaries = keys.flatMap(({ canaries }, index) => canaries.map((canary) => ({ ...canary, name: `${canary.name} ${index + 1}` })));
  cases.push({
    name: 'bedrock-key',
    front: bedrock,
    connection: { ...model, auth_kind: 'api_key', credential: { api_key: keys[0].apiKey } },
    replacement: { api_key: keys[1].apiKey },
    canaries: keyCanaries,
    sent: ['bedrock short-term key 1', 'bedrock short-term key 2'],
  });

  const anthropic = await stand('anthropic', await startFakeAnthropic());
  baseUrls.anthropic = anthropic.baseUrl;
  cases.push(keyCase('anthropic', anthropic, { provider: 'anthropic', provider_model_id: 'claude-sonnet-4-6' }));

  const google = await stand('google', await startFakeGemini());
  baseUrls.google = google.baseUrl;
  cases.push(keyCase('google', google, { provider: 'google', provider_model_id: 'gemini-2.5-flash' }));

  const openrouter = await stand('openrouter', await startFakeOpenAi({ variant: 'openrouter' }));
  baseUrls.openrouter = openrouter.baseUrl;
  cases.push(keyCase('openrouter', openrouter, { provider: 'openrouter', provider_model_id: 'acme/model' }));
  return {
    cases,
    baseUrls,
    platformFront: openrouter,
    close: async () => void (await Promise.all(open.map((each) => each.close()))),
  };
}

function keyCase(name: string, front: EchoingFront, connection: { readonly provider: string } & Record<string, unknown>): ProviderCase {
  const tag = name.slice(0, 2);
  const [first, second] = [makeSecret(tag), makeSecret(tag)];
  const canaries = [watch(`${name} key`, first), watch(`${name} replaced key`, second)];
  return {
    name,
    front,
    connection: { ...connection, auth_kind: 'api_key', credential: { api_key: first } },
    replacement: { api_key: second },
    canaries,
    sent: canaries.map((canary) => canary.name),
  };
}

function headersCase(front: EchoingFront, connection: { readonly provider: string } & Record<string, unknown>): ProviderCase {
  const make = () => ({ api_key: makeSecret('ok'), headers: { 'X-Gateway-Auth': makeSecret('oh') } });
  const first = make();
  const second = make();
  const canaries = [first, second].flatMap(({ api_key, headers }, index) => [
    watch(`openai-compatible key ${index + 1}`, api_key),
    watch(`openai-compatible header ${index + 1}`, headers['X-Gateway-Auth']),
  ]);
  return {
    name: 'openai-compatible',
    front,
    connection: { ...connection, auth_kind: 'api_key', credential: first },
    replacement: second,
    canaries,
    sent: canaries.map((canary) => canary.name),
  };
}
