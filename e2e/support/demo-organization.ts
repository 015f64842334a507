import type { Connection } from '@pipelines/contracts';
import { askStreamed, askWhole, postChat } from './chat-call.ts';
import type { ManagementApi } from './management-api.ts';
import { type ModelSettings, noCapabilities, registerModel } from './register-model.ts';
import type { Product } from './start-product.ts';
import { bedrockModel, type Providers, providerKeys, togetherModel } from './start-providers.ts';

type DemoModel = readonly [connection: Connection, settings: ModelSettings];

/** An organization as a customer's may look: models of several providers, people, keys, and a log with all kinds of calls. */
export async function fillDemoOrganization(product: Product, providers: Providers, api: ManagementApi): Promise<void> {
  await api('PATCH', '/api/settings', { organization_name: 'Acme Robotics' });
  const { data: members } = await api<{ data: { id: string }[] }>('GET', '/api/members');
  await api('PATCH', `/api/members/${members[0]?.id}`, { name: 'Dana Reyes' });
  const slugs: string[] = [];
  for (const [connection, settings] of demoModels(providers)) slugs.push((await registerModel(api, connection, settings)).slug);
  await api('PATCH', `/api/models/${slugs.at(-1)}`, { provider_model_id: 'llama-3.3-70b-instruct' });
  const triage = await api<{ id: string; key: string }>('POST', '/api/api-keys', { name: 'Ticket triage, production', role: 'inference' });
  const limited = { subject_type: 'api_key', subject_id: triage.id };
  await api('PATCH', '/api/call-limits', { ...limited, requests_per_minute: 600, concurrent_calls: 40 });
  await api('POST', '/api/budgets', { ...limited, period: 'month', amount: '250' });
  await api('POST', '/api/api-keys', { name: 'Nightly evaluation', role: 'inference', allowed_models: slugs.slice(0, 2) });
  await api('POST', '/api/invitations', { email: 'sam@acme.example', role: 'viewer' });
  await addBuilder(product, api);
  await makeCalls({ ...product, admin: { ...product.admin, apiKey: triage.key } }, providers, slugs);
}

async function addBuilder(product: Product, api: ManagementApi): Promise<void> {
  const { link } = await api<{ link: string }>('POST', '/api/invitations', { email: 'bea@acme.example', role: 'builder' });
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  await fetch(`${product.url}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ token, name: 'Bea Lindqvist', password: 'a password of her own' }),
  });
}

function demoModels({ vllm, huggingface }: Providers): readonly DemoModel[] {
  const key = (apiKey: string) => ({ auth_kind: 'api_key', credential: { api_key: apiKey } }) as const;
  const { iam } = providerKeys;
  const awsKeys = { access_key_id: iam.accessKeyId, secret_access_key: iam.secretAccessKey };
  const cellar = { provider: 'openai-compatible', base_url: vllm.baseUrl, ...key(providerKeys.vllm) } as const;
  return [
    [
      { provider: 'fireworks', provider_model_id: 'accounts/acme/models/llama-ft-v2', ...key(providerKeys.fireworks) },
      {
        display_name: 'Acme Llama FT v2',
        capabilities: { ...noCapabilities, json_mode: true, tool_use: true },
        input_cost_per_token: '0.0000009',
        output_cost_per_token: '0.0000009',
      },
    ],
    [
      { provider: 'bedrock', auth_kind: 'iam', region: 'us-east-1', provider_model_id: bedrockModel, credential: awsKeys },
      {
        display_name: 'Claude 3.5 Sonnet (Bedrock)',
        capabilities: { ...noCapabilities, vision: true, tool_use: true },
        input_cost_per_token: '0.000003',
        output_cost_per_token: '0.000015',
      },
    ],
    [
      { provider: 'together', provider_model_id: togetherModel, ...key(providerKeys.together) },
      {
        display_name: 'Llama 3.1 70B Turbo',
        capabilities: { ...noCapabilities, json_mode: true },
        input_cost_per_token: '0.00000088',
        output_cost_per_token: '0.00000088',
      },
    ],
    [
      {
        provider: 'huggingface',
        base_url: huggingface.baseUrl,
        provider_model_id: 'meta-llama/Llama-3.1-8B-Instruct',
        ...key(providerKeys.huggingface),
      },
      { display_name: 'Support classifier' },
    ],
    [
      { ...cellar, provider_model_id: 'qwen3-32b' },
      { display_name: 'Qwen3 32B in the cellar', capabilities: { ...noCapabilities, tool_use: true } },
    ],
    [{ ...cellar, provider_model_id: 'qwen3-32b' }, { display_name: 'Evaluation draft' }],
  ];
}

async function makeCalls(product: Product, providers: Providers, slugs: readonly string[]): Promise<void> {
  const [fireworks = '', bedrock = '', together = '', huggingface = '', cellar = ''] = slugs;
  const slow = (text: string, prompt: number, completion: number, delayMs: number) => ({
    text,
    delayMs,
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  });
  for (let round = 0; round < 6; round += 1) {
    providers.fireworks.answerOnce(slow('{"queue":"billing"}', 1_820 + round * 137, 24 + round, 90 + round * 31));
    providers.together.answerOnce(slow('A summary.', 5_310 + round * 401, 312 + round * 17, 210));
    providers.openrouter.answerOnce(slow('A plan in five steps.', 2_204 + round * 90, 611 + round * 40, 340));
    await askWhole(product, fireworks, 'Which queue?');
    await askStreamed(product, together, 'Summarize this.');
    await askStreamed(product, 'openai/gpt-5.4', 'Make a plan.');
    await askWhole(product, bedrock, 'Describe the part.');
  }
  await askWhole(product, huggingface, 'Is this spam?');
  await askWhole(product, cellar, 'Translate this.');
  providers.fireworks.answerOnce({ status: 429, body: { error: { message: 'slow down', type: 'error', code: 'RATE_LIMITED' } } });
  providers.fireworks.answerOnce({ status: 429, body: { error: { message: 'slow down', type: 'error', code: 'RATE_LIMITED' } } });
  await askWhole(product, fireworks, 'Which queue?');
  providers.vllm.answerOnce({ chunks: ['never '], hang: 'stream' });
  const caller = new AbortController();
  const body = { model: cellar, messages: [{ role: 'user', content: 'Hello' }], stream: true };
  const response = await postChat(product, product.admin.apiKey, body, caller.signal);
  await response.body?.getReader().read();
  caller.abort();
}
