import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { postChat } from './support/chat-call.ts';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const run = promisify(execFile);

test('an API key is shown once, works as printed, is limited to its models, and is refused once it is revoked', async ({
  page,
  api,
  product,
}) => {
  const connection = { provider: 'fireworks', auth_kind: 'api_key', provider_model_id: 'accounts/acme/models/keyed' } as const;
  const { slug } = await registerModel(
    api,
    { ...connection, credential: { api_key: providerKeys.fireworks } },
    { display_name: 'Keyed model' },
  );
  const answer = await holdBack(page, /\/api\/models\?/);
  await page.goto('/api-keys');
  await page.getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill('Ticket triage');
  await test.step('a limit that is typed, but not known yet, makes no key without a limit', async () => {
    await dialog.getByLabel('Limit to models').pressSequentially(slug);
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByText('No model is called so.')).toBeVisible();
    answer();
    await expect(dialog.getByRole('list', { name: 'Chosen models' })).toContainText(slug);
    await expect(dialog.getByText('No model is called so.')).toBeHidden();
  });
  await test.step('what is typed is not lost by a slip, and no key is made that nobody sees', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    const make = await holdBack(page, /\/api\/api-keys$/, 'POST');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toHaveAccessibleDescription('The key is being made.');
    await dialog.getByRole('button', { name: 'Close' }).click();
    make();
    await expect(dialog).toHaveAccessibleName('Your new API key');
  });
  const key = await dialog.getByLabel('API key', { exact: true }).inputValue();
  expect(key).toMatch(/^ppl_[0-9a-f]{40}$/);

  await test.step('the printed line answers as it stands', async () => {
    const command = await dialog.locator('pre').innerText();
    expect(command).toContain(key);
    const { stdout } = await run('sh', ['-c', command]);
    expect(JSON.parse(stdout)).toMatchObject({ choices: [{ message: { content: 'You said: Say hello.' } }] });
  });

  await test.step('once closed, nobody sees the key again', async () => {
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await expect(page.getByRole('row', { name: /Ticket triage/ })).toContainText(`ppl_…${key.slice(-4)}`);
    expect(await page.content()).not.toContain(key);
    expect(JSON.stringify(await api('GET', '/api/api-keys'))).not.toContain(key);
  });

  await test.step('it calls its models and nothing else', async () => {
    const call = (model: string) => postChat(product, key, { model, messages: [{ role: 'user', content: 'Hello' }] });
    expect((await call(slug)).status).toBe(200);
    const other = await call('openai/gpt-5.4');
    expect([other.status, await other.json()]).toMatchObject([403, { error: { code: 'model_not_allowed' } }]);
    const management = await fetch(`${product.url}/api/models`, { headers: { authorization: `Bearer ${key}` } });
    expect([management.status, await management.json()]).toMatchObject([403, { code: 'forbidden' }]);
    const listed = await fetch(`${product.url}/v1/models`, { headers: { 'x-api-key': key } });
    expect(await listed.json()).toMatchObject({ data: [{ id: slug }] });
  });

  await test.step('revoked, it is refused at once', async () => {
    await page.getByRole('button', { name: 'Revoke Ticket triage' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    // While the dialog is open the rest of the page is hidden; it closes when the key is revoked.
    await expect(page.getByRole('alertdialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Revoke Ticket triage' })).toBeHidden();
    const refused = await postChat(product, key, { model: slug, messages: [{ role: 'user', content: 'Hello' }] });
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'invalid_api_key' } }]);
    await page.getByRole('button', { name: /Show \d+ revoked or expired/ }).click();
    await expect(page.getByRole('row', { name: /Ticket triage/ })).toContainText('Revoked');
  });
});
