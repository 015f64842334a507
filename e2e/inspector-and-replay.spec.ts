import type { Attempt } from '@pipelines/contracts';
import { askWhole } from './support/chat-call.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const prices = { input_cost_per_token: '0.000002', output_cost_per_token: '0.000004' };
const connection = { provider: 'fireworks', auth_kind: 'api_key', credential: { api_key: providerKeys.fireworks } } as const;

test('a call is inspected, contents are kept once somebody wants it, and another model is tried on them', async ({
  page,
  api,
  product,
  providers,
}) => {
  const model = (id: string, display_name: string) =>
    registerModel(api, { ...connection, provider_model_id: `accounts/acme/models/${id}` }, { display_name, ...prices });
  const old = await model('inspected', 'Inspected model');
  await model('replayed', 'Replayed model');
  const log = async () => (await api<{ data: Attempt[] }>('GET', `/api/attempts?slug=${old.slug}&source=gateway`)).data;
  const call = page.getByRole('dialog', { name: 'Call' });

  await test.step('where contents are not kept, the call says so and where to switch it on', async () => {
    await askWhole(product, old.slug, 'Before', { max_completion_tokens: 50 });
    await expect.poll(async () => (await log()).length).toBe(1);
    await page.goto(`/log?attempt=${(await log())[0]?.id}`);
    await expect(call.getByRole('region', { name: 'Timings' })).toContainText('Until the first byte');
    await expect(call.getByRole('region', { name: 'Changed on the way' })).toContainText('sent as accounts/acme/models/inspected');
    await expect(call.getByRole('region', { name: 'Cost' })).toContainText('what an admin typed');
    await expect(call.getByRole('region', { name: 'Where and who' }).getByRole('link', { name: /^fw/ })).toBeVisible();
    const content = call.getByRole('region', { name: 'Request and answer' });
    await expect(content).toContainText('are not kept');
    await content.getByRole('link', { name: 'Settings' }).click();
  });

  const setting = page.getByRole('region', { name: 'Content logging' });
  await test.step('an admin switches it on, for thirty days', async () => {
    await setting.getByRole('switch', { name: 'Keep requests and answers' }).click();
    await setting.getByLabel('Days').fill('30');
    await setting.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Requests and answers are kept for 30 days.')).toBeVisible();
  });

  await test.step('the next call shows what was asked, what went out, and the answer; that is in the audit log', async () => {
    providers.fireworks.answerOnce({ text: 'the first answer' }, { text: 'the second answer' });
    await askWhole(product, old.slug, 'Which queue is it?');
    await askWhole(product, old.slug, 'And why?');
    await expect.poll(async () => (await log()).length).toBe(3);
    const id = (await log())[1]?.id ?? '';
    await expect.poll(async () => (await api<{ content_kept: boolean }>('GET', `/api/attempts/${id}`)).content_kept).toBe(true);
    await page.goto(`/log?attempt=${id}`);
    await call.getByRole('button', { name: 'Show request and answer' }).click();
    const content = call.getByRole('region', { name: 'Request and answer' });
    await expect(content).toContainText('Which queue is it?');
    await expect(content.locator('ins')).toContainText('accounts/acme/models/');
    await expect(content.getByRole('region', { name: 'Answer' })).toContainText('the first answer');
    await page.goto('/settings?tab=audit');
    await expect(page.getByRole('row').filter({ hasText: `content readattempt ${id}` })).toHaveCount(1);
  });

  await test.step('another model is tried on both: the cost is told first, the result survives a reload', async () => {
    providers.fireworks.answerOnce({ text: 'the second answer' }, { text: 'the second answer' });
    await page.goto(`/models/${old.slug}`);
    await page.getByRole('button', { name: 'New replay' }).click();
    const dialog = page.getByRole('dialog', { name: /^Try another model/ });
    await dialog.getByRole('combobox', { name: 'Model to try' }).click();
    await page.getByRole('option', { name: 'Replayed model' }).click();
    await expect(dialog.getByRole('status')).toContainText(/About \$0\.\d+ · 2 inputs, 2 calls/);
    await dialog.getByRole('button', { name: 'Run' }).click();
    await expect(page).toHaveURL(/\/replays\//);
    await expect(page.getByText('Finished', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('Same text in 1 of 2.')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Comparison' }).getByRole('row', { name: /^Answered/ })).toContainText('2 of 2');
  });

  await test.step('an input shows both answers with the difference, and the next step is at hand', async () => {
    const inputs = page.getByRole('table', { name: 'Inputs' });
    await inputs.getByRole('row').filter({ hasText: 'differs' }).getByRole('button').click();
    const input = page.getByRole('dialog', { name: /^Input/ });
    await expect(input.locator('del')).toHaveText('first');
    await expect(input.locator('ins')).toHaveText('second');
    await page.keyboard.press('Escape');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'As CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^replay-.*\.csv$/);
    await page.getByRole('button', { name: 'Repoint workflows to this model' }).click();
    const repoint = page.getByRole('dialog', { name: 'Repoint the users of Inspected model' });
    await expect(repoint.getByRole('combobox', { name: 'Repoint to' })).toContainText('Replayed model');
    await page.keyboard.press('Escape');
  });

  await test.step('switched off, it asks first, and nothing is left of what was said', async () => {
    await page.goto('/settings');
    await setting.getByRole('switch', { name: 'Keep requests and answers' }).click();
    await setting.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything' }).click();
    await expect(page.getByText('Nothing is kept any more.')).toBeVisible();
    const id = (await log())[1]?.id ?? '';
    expect((await api<{ content_kept: boolean }>('GET', `/api/attempts/${id}`)).content_kept).toBe(false);
  });
});
