import type { Attempt, CostComparison, Model } from '@pipelines/contracts';
import { addModelDialog } from './support/add-model-dialog.ts';
import { askWhole } from './support/chat-call.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys, togetherModel } from './support/start-providers.ts';

test('the price book: all prices of a model, their history, what sources propose, and what providers say', async ({
  page,
  api,
  product,
  providers,
}) => {
  test.setTimeout(120_000);
  const add = addModelDialog(page);
  const prices = page.getByRole('region', { name: 'Prices', exact: true });
  const history = prices.getByRole('table', { name: 'Price history' });

  await test.step('more prices, per million or per token, and the question of the unit for each', async () => {
    await add.open();
    await add.choice('Together AI').click();
    await add.fill({ 'API key': providerKeys.together, 'Provider model ID': togetherModel, 'Display name': 'Booked' });
    await add.testAndPass();
    await expect(add.field('Input $ per 1M')).toHaveValue('0.88');
    await add.button('More prices').click();
    await add.choice('Per token').click();
    await expect(add.field('Input $ per token')).toHaveValue('0.00000088');
    await add.fill({ 'Cached read $ per token': '0.1' });
    await add.button('It was per 1M').click();
    await expect(add.field('Cached read $ per token')).toHaveValue('0.0000001');
    await add.choice('Per 1M tokens').click();
    await expect(add.field('Cached read $ per 1M')).toHaveValue('0.10');
    await add.fill({ '$ per image': '0.002', 'Audio input $ per 1M': '32', '$ per web search': '0.01' });
    await add.button('Add a tier').click();
    await add.fill({ 'Tier 1: above, tokens': '200000', 'Tier 1: Input $ per 1M': '1.5' });
    await add.saveAndClose();
    expect(await api<Model>('GET', '/api/models/booked')).toMatchObject({
      input_cost_per_token: '0.00000088',
      cache_read_cost_per_token: '0.0000001',
      cost_per_image: '0.002',
      audio_input_cost_per_token: '0.000032',
      cost_per_web_search: '0.01',
      price_tiers: [{ above_prompt_tokens: 200_000, input_cost_per_token: '0.0000015', output_cost_per_token: null }],
      price_source: 'manual',
    });
  });

  await test.step('a source that says another price proposes it, and nothing changes by itself', async () => {
    providers.together.setListedPrices({ input: 0.5, output: 0.9 });
    await page.goto('/models/booked');
    await expect(history.locator('tbody').getByRole('row')).toHaveCount(1);
    await prices.getByRole('button', { name: 'Check prices' }).click();
    await expect(prices.getByRole('table', { name: 'What would change' })).toContainText('Input$0.88 per 1M$0.50 per 1M');
    await page.goto('/models');
    await expect(page.getByRole('row').filter({ hasText: 'Booked' })).toContainText('New price');
    expect(await api<Model>('GET', '/api/models/booked')).toMatchObject({ input_cost_per_token: '0.00000088' });
  });

  await test.step('accepted, it begins a new time in the history; dismissed, it stays so', async () => {
    await page.goto('/models/booked');
    await prices.getByRole('button', { name: 'Accept' }).click();
    await expect(history.locator('tbody').getByRole('row')).toHaveCount(2);
    await expect(history.getByRole('row').filter({ hasText: 'holds now' })).toContainText('$0.50 per 1M');
    await expect(history.getByRole('row').filter({ hasText: 'holds now' })).toContainText("the provider's list");
    providers.together.setListedPrices({ input: 0.4, output: 0.9 });
    await prices.getByRole('button', { name: 'Check prices' }).click();
    await prices.getByRole('button', { name: 'Dismiss' }).click();
    await expect(prices.getByRole('button', { name: 'Dismiss' })).toBeHidden();
    await prices.getByRole('button', { name: 'Check prices' }).click();
    await expect(prices.getByText('still says the prices that were dismissed')).toBeVisible();
    providers.together.setListedPrices({ input: 0.88, output: 0.88 });
  });

  await test.step('audio and searches of the web stand on the bill of a call', async () => {
    const usage = {
      ...{ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 600 },
      server_tool_use: { web_search_requests: 2 },
    };
    providers.together.answerOnce({ text: 'Heard', usage });
    await askWhole(product, 'booked', 'Listen');
    const readCalls = async () => (await api<{ data: Attempt[] }>('GET', '/api/attempts?slug=booked&source=gateway')).data;
    await expect.poll(async () => (await readCalls()).length).toBe(1);
    await page.goto(`/log?attempt=${(await readCalls())[0]?.id}`);
    const call = page.getByRole('dialog', { name: 'Call' });
    await expect(call.getByRole('region', { name: 'Cost' })).toContainText('Audio input600 × $32.00 / 1M$0.0192');
    await expect(call.getByRole('region', { name: 'Cost' })).toContainText('Web searches2 × $0.01$0.02');
    await expect(call.getByRole('region', { name: 'Tokens' })).toContainText('– audio600');
  });

  await test.step("our costs stand beside the provider's", async () => {
    const connection = { provider: 'openrouter', auth_kind: 'api_key', credential: { api_key: providerKeys.openrouter } } as const;
    const { slug } = await registerModel(
      api,
      { ...connection, provider_model_id: 'acme/compared' },
      { display_name: 'Compared', input_cost_per_token: '0.00001', output_cost_per_token: '0.00001' },
    );
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, cost: 0.5 };
    providers.openrouter.answerOnce({ text: 'One', usage });
    await askWhole(product, slug, 'Hello');
    const readComparisons = async () => (await api<{ data: CostComparison[] }>('GET', `/api/cost-comparisons?slug=${slug}`)).data;
    // The connection test belongs to no slug: this is the call alone.
    await expect.poll(async () => (await readComparisons())[0]?.provider_cost).toBe('0.5');
    await page.goto(`/usage?slug=${slug}`);
    const row = page.getByRole('table', { name: 'Costs compared' }).getByRole('row').filter({ hasText: 'Compared' });
    await expect(row).toContainText('$0.0012');
    await expect(row).toContainText('−$0.4988');
    await expect(row).toContainText('1 call differs');
  });
});
