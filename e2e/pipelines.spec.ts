import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  tinyLlm = await spawnTinyLlm();
});
test.afterAll(() => tinyLlm?.stop());

const words = ['tiger', 'lemon', 'river'];

test('a pipeline is built by mouse, published, run on a CSV by the real tiny model, and warns before its model goes', async ({
  page,
  api,
}) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tinyLlm.url,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tinyLlm.apiKey },
  } as const;
  const prices = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  const { slug } = await registerModel(api, connection, { display_name: 'Pipeline tiny', ...prices });

  await test.step('build: a start, a step of the model, an end', async () => {
    await page.goto('/workflows');
    await page.getByRole('button', { name: 'New pipeline' }).first().click();
    await page.getByLabel(/^Name/).fill('Repeat words');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.locator('[data-step=start]').click();
    await page.getByRole('button', { name: 'Add LLM' }).click();
    await page.getByLabel(/^Model/).click();
    await page.getByRole('option', { name: /^Pipeline tiny/ }).click();
    await expect(page.getByRole('button', { name: 'Publish' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabel(/^Prompt/).fill('Repeat: {{input.text}}');
    await page.locator('[data-step=end]').click();
    await page.getByLabel('Value').fill('{{steps.llm.outptu}}');
    await expect(page.getByRole('status').filter({ hasText: '1 problem' })).toBeVisible();
    await page.getByLabel('Value').fill('{{steps.llm.output}}');
    await expect(page.getByText('Nothing is wrong')).toBeVisible();
  });

  await test.step('publish, and run a CSV', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const run = page.getByRole('dialog', { name: /^Run/ });
    await run.getByRole('radio', { name: 'CSV' }).click();
    await run
      .locator('input[type=file]')
      .setInputFiles({ name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(['text', ...words].join('\n')) });
    await expect(run.getByText('3 rows')).toBeVisible();
    await run.getByRole('button', { name: 'Run' }).click();
    await expect(page.getByText('3 / 3')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('region', { name: /tasks/i }).getByText('Finished')).toHaveCount(3);
  });

  await test.step('a task tells the way it took and what the model answered', async () => {
    await page.getByRole('link', { name: 'tiger' }).click();
    await expect(page).toHaveURL(/\/tasks\//);
    await expect(page.getByRole('main')).toContainText('Finished');
    await expect(page.getByRole('main')).toContainText(slug);
    await expect(page.getByRole('main')).toContainText('tiger');
  });

  await test.step('the model says which pipeline will fail without it', async () => {
    await page.goto(`/models/${slug}`);
    await page.getByRole('button', { name: 'Delete model' }).click();
    const warning = page.getByRole('alertdialog');
    await expect(warning).toContainText('1 active workflow uses it');
    await expect(warning).toContainText('Repeat words');
  });
});
