import type { Attempt, Usage } from '@pipelines/contracts';
import { askStreamed, askWhole, postChat } from './support/chat-call.ts';
import { findOverflow } from './support/find-overflow.ts';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const hundredTokens = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

test('every call is in the log with what it cost, and the sums of usage are those of the log', async ({
  page,
  api,
  product,
  providers,
}) => {
  const connection = { provider: 'fireworks', auth_kind: 'api_key', credential: { api_key: providerKeys.fireworks } } as const;
  const priced = await registerModel(
    api,
    { ...connection, provider_model_id: 'accounts/acme/models/priced' },
    { display_name: 'Logged priced', input_cost_per_token: '0.0000009', output_cost_per_token: '0.0000009' },
  );
  const unpriced = await registerModel(
    api,
    { ...connection, provider_model_id: 'accounts/acme/models/unpriced' },
    { display_name: 'Logged unpriced' },
  );

  await test.step('calls of each kind: two that succeed, one that fails, one that is canceled, one without a price', async () => {
    providers.fireworks.answerOnce({ text: 'One', usage: hundredTokens }, { text: 'Two', usage: hundredTokens });
    await askWhole(product, priced.slug, 'Hello');
    await askStreamed(product, priced.slug, 'Hello');
    providers.fireworks.answerOnce({
      status: 400,
      body: { error: { message: 'secret words of the provider', type: 'error', code: 'BAD' } },
    });
    const failed = await askWhole(product, priced.slug, 'Hello');
    expect(failed.status).toBe(400);
    expect(JSON.stringify(failed.answer)).not.toContain('secret words');
    await cancelCall();
    await askWhole(product, unpriced.slug, 'Hello');
    await expect.poll(async () => (await readLog(`slug=${priced.slug}`)).length).toBe(4);
    await expect.poll(async () => (await readLog(`slug=${unpriced.slug}`)).length).toBe(1);
  });

  const rows = page.getByRole('table', { name: 'Log' }).locator('tbody').getByRole('row');
  await test.step('filters stand in the address and survive a reload', async () => {
    await page.goto('/log');
    // What is typed counts also where the list of models never comes.
    await page.route(/\/api\/models\?/, () => {});
    await page.getByLabel('Model', { exact: true }).pressSequentially(priced.slug);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Failed' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('Failed');
    await page.reload();
    await expect(rows).toHaveCount(1);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ slug: priced.slug, status: 'failed' });
    await page.goto(`/log?slug=${priced.slug}`);
    await expect(rows).toHaveCount(4);
    await expect(rows.filter({ hasText: 'Canceled' })).toContainText('by the caller');
    expect(await findOverflow(page, 'log')).toEqual([]);
  });

  await test.step('the details show the bill: tokens times the price of then', async () => {
    await rows.filter({ hasText: 'Succeeded' }).first().getByRole('link').click();
    const details = page.getByRole('dialog', { name: 'Call' });
    const bill = details.getByRole('region', { name: 'Cost' });
    await expect(bill).toContainText('100 × $0.90 / 1M');
    await expect(bill).toContainText('20 × $0.90 / 1M');
    await expect(bill.getByRole('row', { name: /^Cost/ })).toContainText('$0.000108');
    await expect(details).not.toContainText('Hello');
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('an unknown cost is unknown, not zero', async () => {
    await page.goto(`/log?slug=${unpriced.slug}`);
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('unknown');
    await rows.first().getByRole('link').click();
    await expect(page.getByRole('dialog', { name: 'Call' })).toContainText('Unknown is not zero.');
  });

  await test.step('usage adds up the known costs and says how many it does not know', async () => {
    const usage = await api<Usage>('GET', `/api/usage?group_by=model&slug=${priced.slug}`);
    expect(usage.total).toMatchObject({ calls: 4, failed_calls: 1, prompt_tokens: 200, completion_tokens: 40, cost: '0.000216' });
    await page.goto(`/usage?slug=${priced.slug}`);
    await expect(page.getByText('$0.000216').first()).toBeAttached();
    const row = page.getByRole('table', { name: 'Usage by model' }).getByRole('row').filter({ hasText: priced.slug });
    await expect(row).toContainText('$0.000216');
    expect(await findOverflow(page, 'usage')).toEqual([]);
    const answer = await holdBack(page, /\/api\/usage\?group_by=api_key/);
    await page.getByText('By API key').click();
    // Models are never shown as API keys.
    await expect(page).toHaveURL(/by=api_key/);
    await expect(page.getByRole('table', { name: /^Usage by/ })).toBeHidden();
    answer();
    await expect(page.getByRole('table', { name: 'Usage by API key' })).toBeVisible();
    await page.getByText('By model').click();
    await row.getByRole('link').click();
    await expect(rows).toHaveCount(4);
    await page.goto(`/usage?slug=${unpriced.slug}`);
    await expect(page.getByText('+ 1 call of unknown cost')).toBeVisible();
  });

  async function readLog(query: string): Promise<Attempt[]> {
    return (await api<{ data: Attempt[] }>('GET', `/api/attempts?source=gateway&${query}`)).data;
  }

  async function cancelCall(): Promise<void> {
    const piece = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'never ' }, finish_reason: null }] };
    providers.fireworks.answerOnce({ rawStream: [`data: ${JSON.stringify(piece)}\n\n`], hang: 'stream' });
    const hungUp = providers.fireworks.waitForAbort(5_000);
    const caller = new AbortController();
    const body = { model: priced.slug, messages: [{ role: 'user', content: 'Hello' }], stream: true };
    const response = await postChat(product, product.admin.apiKey, body, caller.signal);
    await response.body?.getReader().read();
    caller.abort();
    await hungUp;
  }
});
