import { startFakeOpenAi } from '@pipelines/providers/testing';
import type { Page } from '@playwright/test';
import { askWhole } from './support/chat-call.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

test('a model is tested, edited, moved and deleted from its page, and its secret only goes where it was entered for', async ({
  page,
  api,
  product,
  providers,
}) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: providers.vllm.baseUrl,
    provider_model_id: 'qwen3-32b',
    credential: { api_key: providerKeys.vllm },
  } as const;
  const { slug } = await registerModel(api, connection, { display_name: 'Cellar model' });
  await page.goto(`/models/${slug}`);
  const edit = editDialog(page);
  const status = page.getByRole('main').getByText(/^(Ready|Untested|Failing|Deactivated)( ?[\d.]+ m?s)?$/);

  await test.step('the page says what the model is; the stored secret shows as a preview', async () => {
    await expect(page.getByRole('heading', { name: 'Cellar model' })).toBeVisible();
    await expect(status.filter({ hasText: 'Ready' })).toBeVisible();
    await expect(page.getByText(providerKeys.vllm)).toBeHidden();
    await expect(page.getByRole('link', { name: /^vllm?.*…42cc$/ })).toBeVisible();
  });

  await test.step('a test of the stored model uses the stored key', async () => {
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText(/^Connected in /)).toBeVisible();
    expect(providers.vllm.requests.at(-1)?.headers.authorization).toBe(`Bearer ${providerKeys.vllm}`);
  });

  await test.step('a new name and price need no test', async () => {
    await edit.open();
    await edit.field('Display name').fill('Cellar Qwen 3');
    await edit.field('Input $ per 1M').fill('0.40');
    await edit.save();
    await expect(page.getByRole('heading', { name: 'Cellar Qwen 3' })).toBeVisible();
    await expect(page.getByText('$0.40 per 1M tokens')).toBeVisible();
    await expect(status.filter({ hasText: 'Ready' })).toBeVisible();
  });

  await test.step('a changed model ID is marked untested until a test passes', async () => {
    await edit.open();
    await edit.field('Provider model ID').fill('llama-3.3-70b-instruct');
    await edit.field('Provider model ID').press('Tab');
    await edit.save();
    await expect(page.getByText('Untested since the last change')).toBeVisible();
    await expect(status.filter({ hasText: 'Untested' })).toBeVisible();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText(/^Connected in /)).toBeVisible();
    await expect(status.filter({ hasText: 'Ready' })).toBeVisible();
  });

  await test.step('a changed destination asks for the secret again, and the new place is sent nothing of the old one', async () => {
    const attacker = await startFakeOpenAi();
    try {
      await edit.open();
      await edit.field('Base URL').fill(attacker.baseUrl);
      await expect(edit.dialog.getByText('a stored credential only goes where it was entered for')).toBeVisible();
      const draft = { base_url: attacker.baseUrl };
      await expect(api('POST', `/api/models/${slug}/connection-tests`, draft)).rejects.toThrow(/422.*credential_required/);
      await expect(api('PATCH', `/api/models/${slug}`, draft)).rejects.toThrow(/422.*credential_required/);
      expect(attacker.requests).toEqual([]);
      await edit.field('Base URL').fill(providers.vllm.baseUrl);
      await expect(edit.dialog.getByText('a stored credential only goes where it was entered for')).toBeHidden();
      await edit.dialog.getByRole('button', { name: 'Cancel' }).click();
    } finally {
      await attacker.close();
    }
  });

  await test.step('a replaced key is tested as a draft, then saved', async () => {
    await edit.open();
    await edit.dialog.getByRole('button', { name: 'Replace' }).click();
    await edit.field('API key').fill('another-key-that-is-wrong');
    await edit.dialog.getByRole('button', { name: 'Test connection' }).click();
    await expect(edit.dialog.getByText(/rejected the key/)).toBeVisible();
    await edit.dialog.getByRole('button', { name: 'Keep the stored credentials' }).click();
    await edit.dialog.getByRole('button', { name: 'Test connection' }).click();
    await expect(edit.dialog.getByText(/^Connected in /)).toBeVisible();
    expect(providers.vllm.requests.at(-1)?.headers.authorization).toBe(`Bearer ${providerKeys.vllm}`);
    await edit.dialog.getByRole('button', { name: 'Replace' }).click();
    await edit.field('API key').fill('another-key-that-is-wrong');
    await edit.save();
    await expect(page.getByText('Untested since the last change')).toBeVisible();
    expect((await askWhole(product, slug, 'Hello')).status).toBeGreaterThanOrEqual(400);
    expect(providers.vllm.requests.at(-1)?.headers.authorization).toBe('Bearer another-key-that-is-wrong');
  });

  await test.step('deleting deactivates: calls get a clear refusal, the row and its log stay', async () => {
    await page.getByRole('button', { name: 'Delete model' }).click();
    const question = page.getByRole('alertdialog', { name: 'Delete Cellar Qwen 3?' });
    await expect(question).toContainText(`Calls to ${slug} fail from now on.`);
    await question.getByRole('button', { name: 'Delete model' }).click();
    await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
    const { status, answer } = await askWhole(product, slug, 'Hello');
    expect([status, answer.error.code]).toEqual([409, 'model_inactive']);
    expect(answer.error.message).toContain(`The model "${slug}" has been deactivated.`);
    await page.goto(`/models/${slug}`);
    await expect(page.getByText('This model has been deactivated')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription('The model has been deactivated.');
    await expect(page.getByRole('table', { name: `Recent calls of ${slug}` })).toBeVisible();
  });
});

function editDialog(page: Page) {
  const dialog = page.getByRole('dialog', { name: /^Edit / });
  const field = (label: string) =>
    dialog.getByLabel(new RegExp(`^${label.replaceAll('$', '\\$')}( \\*)?$`)).and(dialog.locator('input:not([type=radio])'));
  return {
    dialog,
    field,
    async open() {
      await page.getByRole('button', { name: 'Edit' }).click();
      await expect(field('Display name')).toBeVisible();
    },
    async save() {
      await dialog.getByRole('button', { name: 'Save changes' }).click();
      await expect(dialog).toBeHidden();
    },
  };
}
