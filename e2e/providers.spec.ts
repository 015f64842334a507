import type { RecordedRequest } from '@pipelines/providers/testing';
import type { Page } from '@playwright/test';
import { addModelDialog } from './support/add-model-dialog.ts';
import { askStreamed, askWhole } from './support/chat-call.ts';
import { expect, programTest, test } from './support/journey.ts';
import { readLatestAttempt } from './support/latest-attempt.ts';
import { openListedModel } from './support/open-listed-model.ts';
import { bedrockModel, type Providers, providerKeys, togetherModel } from './support/start-providers.ts';

interface ProviderCase {
  readonly name: string;
  readonly provider: string;
  readonly fake: Exclude<keyof Providers, 'environment' | 'close'>;
  /** What is entered, in the words of the dialog. */
  readonly fields: (providers: Providers) => Readonly<Record<string, string>>;
  readonly authKind?: string;
  readonly model: string;
  /** The provider's own word for an answer that ended by itself; it is passed on. */
  readonly finish?: string;
  /** What shows at the provider that the right secret came with the call. */
  readonly authorization: string | RegExp;
  /** The header that it comes in, where that is not `authorization`. */
  readonly keyHeader?: string;
  /** Counts in the words of a native wire. */
  readonly usage?: Readonly<Record<string, number>>;
}

const usage = { prompt_tokens: 1_234, completion_tokens: 56, total_tokens: 1_290 };
const converseUsage = { inputTokens: 1_234, outputTokens: 56, totalTokens: 1_290 };

const cases: readonly ProviderCase[] = [
  {
    name: 'Fireworks',
    provider: 'Fireworks',
    fake: 'fireworks',
    fields: () => ({ 'API key': providerKeys.fireworks }),
    model: 'accounts/acme/models/llama-ft-v2',
    authorization: `Bearer ${providerKeys.fireworks}`,
  },
  {
    name: 'Together AI',
    provider: 'Together AI',
    fake: 'together',
    fields: () => ({ 'API key': providerKeys.together }),
    model: togetherModel,
    finish: 'eos',
    authorization: `Bearer ${providerKeys.together}`,
  },
  {
    name: 'HuggingFace',
    provider: 'HuggingFace',
    fake: 'huggingface',
    fields: ({ huggingface }) => ({ 'Inference Endpoint URL': huggingface.origin, 'API token': providerKeys.huggingface }),
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    authorization: `Bearer ${providerKeys.huggingface}`,
  },
  {
    name: 'OpenAI',
    provider: 'OpenAI',
    fake: 'openai',
    fields: () => ({ 'API key': providerKeys.openai }),
    model: 'gpt-5-mini',
    authorization: `Bearer ${providerKeys.openai}`,
  },
  {
    name: 'Anthropic',
    provider: 'Anthropic',
    fake: 'anthropic',
    fields: () => ({ 'API key': providerKeys.anthropic }),
    model: 'claude-sonnet-4-6',
    usage: { input_tokens: 1_234, output_tokens: 56 },
    keyHeader: 'x-api-key',
    authorization: providerKeys.anthropic,
  },
  {
    name: 'Google',
    provider: 'Google',
    fake: 'google',
    fields: () => ({ 'Gemini API key': providerKeys.google }),
    model: 'gemini-2.5-flash',
    usage: { promptTokenCount: 1_234, candidatesTokenCount: 56 },
    keyHeader: 'x-goog-api-key',
    authorization: providerKeys.google,
  },
  {
    name: 'OpenRouter',
    provider: 'OpenRouter',
    fake: 'openrouter',
    fields: () => ({ 'API key': providerKeys.openrouter }),
    model: 'anthropic/claude-sonnet-4.6',
    authorization: `Bearer ${providerKeys.openrouter}`,
  },
  {
    name: 'Bedrock with an IAM key pair',
    provider: 'Bedrock',
    fake: 'bedrock',
    usage: converseUsage,
    authKind: 'IAM key pair',
    fields: () => ({
      'AWS region': 'us-east-1',
      'Access Key ID': providerKeys.iam.accessKeyId,
      'Secret Access Key': providerKeys.iam.secretAccessKey,
    }),
    model: bedrockModel,
    authorization: new RegExp(`^AWS4-HMAC-SHA256 Credential=${providerKeys.iam.accessKeyId}/\\d{8}/us-east-1/bedrock/aws4_request`),
  },
  {
    name: 'Bedrock with an API key',
    provider: 'Bedrock',
    fake: 'bedrock',
    usage: converseUsage,
    authKind: 'Bedrock API key',
    fields: () => ({ 'AWS region': 'us-east-1', 'Bedrock API key': providerKeys.bedrockApiKey }),
    model: bedrockModel,
    authorization: `Bearer ${providerKeys.bedrockApiKey}`,
  },
  {
    name: 'OpenAI-compatible',
    provider: 'OpenAI-compatible',
    fake: 'vllm',
    fields: ({ vllm }) => ({ 'Base URL': vllm.baseUrl, 'API key': providerKeys.vllm }),
    model: 'qwen3-32b',
    authorization: `Bearer ${providerKeys.vllm}`,
  },
];

const question = 'Say what you heard.';
for (const each of cases) {
  test(`${each.name}: added in the page, called by a program, found in the log`, async ({ page, product, providers, api }) => {
    const fake = providers[each.fake];
    const slug = await addByDialog(page, each, providers);
    const script = { text: 'Heard you.', usage: each.usage ?? usage };

    await test.step('whole', async () => {
      fake.answerOnce(script);
      const { status, text, answer, headers } = await askWhole(product, slug, question);
      expect([status, text, answer.choices[0]?.finish_reason]).toEqual([200, 'Heard you.', each.finish ?? 'stop']);
      expect(answer.usage).toMatchObject({ prompt_tokens: 1_234, completion_tokens: 56 });
      expect(headers.get('x-pipelines-model')).toBe(slug);
      expectSent(fake.requests.at(-1), each);
    });

    await test.step('streamed', async () => {
      fake.answerOnce(script);
      const { text, usage: told, isDone } = await askStreamed(product, slug, question, { stream_options: { include_usage: true } });
      expect([text, isDone]).toEqual(['Heard you.', true]);
      expect(told).toMatchObject({ prompt_tokens: 1_234, completion_tokens: 56 });
      expectSent(fake.requests.at(-1), each);
    });

    await test.step('the log has both, with tokens, exact cost and latency', async () => {
      await expect.poll(async () => (await readLatestAttempt(api, slug, { stream: true }))?.cost).toBe('0.0004262');
      expect(await readLatestAttempt(api, slug, { stream: false })).toMatchObject({
        status: 'succeeded',
        provider_model_id: each.model,
        prompt_tokens: 1_234,
        completion_tokens: 56,
        cost: '0.0004262',
      });
      await page.goto(`/log?slug=${slug}&source=gateway`);
      const rows = page.getByRole('table', { name: 'Log' }).locator('tbody').getByRole('row');
      await expect(rows).toHaveCount(2);
      await expect(rows.first()).toContainText(/Succeeded.*1,234 \/ 56.*\$0\.0004262.*\d/);
    });
  });
}

test('platform models are called with the operator’s key, by slug, and cost what OpenRouter says', async ({
  page,
  product,
  providers,
  api,
}) => {
  const { status, text, headers } = await askWhole(product, 'openai/gpt-5.4', question);
  expect([status, text]).toEqual([200, `You said: ${question}`]);
  expect(headers.get('x-pipelines-credential')).toBe('platform');
  const sent = providers.openrouter.requests.at(-1);
  expect(sent?.headers.authorization).toBe(`Bearer ${providerKeys.platform}`);
  expect(sent?.body).toMatchObject({ model: 'openai/gpt-5.4' });
  await expect
    .poll(() => readLatestAttempt(api, 'openai/gpt-5.4', { stream: false }))
    // Four tokens at $2.50 and six at $15.00 per 1M, beside the figure that OpenRouter itself tells.
    .toMatchObject({ prompt_tokens: 4, completion_tokens: 6, cost: '0.0001', provider_cost: '0.00014' });
  await page.goto('/models?kind=platform');
  await expect(page.getByRole('row', { name: /GPT 5.4/ })).toContainText('Ready');
});

programTest('no secret is found anywhere but in the providers’ own requests', async ({ product, api }) => {
  const { iam, ...keys } = providerKeys;
  const secrets = [...Object.values(keys), iam.secretAccessKey, product.admin.apiKey, product.admin.password];
  const answers = await Promise.all(
    ['/api/models?limit=200', '/api/credentials', '/api/attempts?limit=200', '/api/audit-log', '/api/api-keys', '/api/providers'].map(
      (path) => api<unknown>('GET', path),
    ),
  );
  const seen = JSON.stringify(answers) + product.output();
  for (const secret of secrets) expect(seen.includes(secret)).toBe(false);
});

async function addByDialog(page: Page, each: ProviderCase, providers: Providers): Promise<string> {
  const add = addModelDialog(page);
  await add.open();
  await add.choice(each.provider).click();
  if (each.authKind) await add.choice(each.authKind).click();
  const displayName = `Journey ${each.name}`;
  await add.fill({ ...each.fields(providers), 'Provider model ID': each.model, 'Display name': displayName });
  await add.testAndPass();
  await add.fill({ 'Input $ per 1M': '0.30', 'Output $ per 1M': '1.00' });
  await add.saveAndClose();
  await openListedModel(page, displayName);
  await expect(page.getByRole('heading', { name: displayName })).toBeVisible();
  return new URL(page.url()).pathname.replace('/models/', '');
}

function expectSent(sent: RecordedRequest | undefined, each: ProviderCase): void {
  expect(sent?.headers[each.keyHeader ?? 'authorization']).toMatch(each.authorization);
  expect(JSON.stringify(sent?.body)).toContain(question);
  expect(JSON.stringify(sent)).not.toContain('ppl_');
  // Some wires name the model in the path.
  if (['bedrock', 'google'].includes(each.fake)) expect(sent?.path).toContain(encodeURIComponent(each.model));
  else expect(sent?.body).toMatchObject({ model: each.model });
}
