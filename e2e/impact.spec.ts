import type { Credential, Workflow } from '@pipelines/contracts';
import { startFakeOpenAi } from '@pipelines/providers/testing';
import type { Page } from '@playwright/test';
import { askWhole } from './support/chat-call.ts';
import { expect, test } from './support/journey.ts';
import type { ManagementApi } from './support/management-api.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const at = { x: 0, y: 0 };

/** A published workflow of one step on a model. */
async function publish(api: ManagementApi, name: string, model: string, output: unknown = { type: 'text' }): Promise<string> {
  const config = {
    ...{ model, fallback_model: null, system_prompt: '', user_prompt: '{{input.text}}', temperature: null, max_tokens: null },
    ...{
      tools: [],
      max_tool_rounds: 5,
      reasoning: { effort: null, max_tokens: null },
      output,
      images: [],
      retries: 0,
      timeout_seconds: 30,
    },
  };
  const field = { name: 'text', type: 'text', required: true, description: '' };
  const mapping = [{ name: 'answer', value: '{{steps.answer.output}}' }];
  const graph = {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position: at, config: { fields: [field] } },
      { kind: 'llm', name: 'answer', title: 'Answer', position: at, config },
      { kind: 'end', name: 'end', title: 'End', position: at, config: { mapping } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'answer' },
      { from: 'answer', port: 'next', to: 'end' },
    ],
  };
  const { id } = await api<Workflow>('POST', '/api/workflows', { name, graph });
  await api('POST', `/api/workflows/${id}/publish`, { revision: 0 });
  return id;
}

const capabilities = { json_mode: true, vision: false, tool_use: false, reasoning: false };
const deleteDialog = (page: Page) => page.getByRole('alertdialog', { name: /^Delete/ });

test('nobody is surprised: a model is edited, deleted, repointed, undone and taken back', async ({ page, api, providers }) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: providers.vllm.baseUrl,
    provider_model_id: 'qwen3-32b',
    credential: { api_key: providerKeys.vllm },
  } as const;
  const doomed = await registerModel(api, connection, { display_name: 'Doomed model', capabilities });
  const plain = await registerModel(api, connection, { display_name: 'Plain model' });
  const letters = await publish(api, 'Letters', doomed.slug);
  await publish(api, 'Invoices', doomed.slug, { type: 'json_schema', schema: { type: 'object' } });
  await page.goto(`/models/${doomed.slug}`);

  await test.step('an edit says what it breaks before it is saved', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit Doomed model' });
    await edit.getByRole('switch', { name: 'JSON mode' }).click();
    await expect(edit.getByText('Saving breaks 1 workflow')).toBeVisible();
    await expect(edit.getByRole('button', { name: 'Save anyway' })).toBeVisible();
    await edit.getByText('Who and why').click();
    await expect(edit.getByRole('list', { name: 'Affected' })).toContainText('not offered for JSON mode any more');
    await edit.getByRole('switch', { name: 'JSON mode' }).click();
    await expect(edit.getByText('Saving breaks 1 workflow')).toBeHidden();
    await edit.getByRole('button', { name: 'Cancel' }).click();
    await expect(edit).toBeHidden();
  });

  await test.step('deleting names them, and points all that can go along to another model at once', async () => {
    await page.getByRole('button', { name: 'Delete model' }).click();
    const question = deleteDialog(page);
    await expect(question).toContainText('2 active workflows use it');
    await expect(question.getByRole('list', { name: 'Affected' })).toContainText('Letters');
    await question.getByRole('combobox', { name: 'Repoint to' }).click();
    await page.getByRole('option', { name: /Plain model/ }).click();
    await question.getByRole('button', { name: 'Repoint all' }).click();
    await expect(question.getByRole('status')).toContainText('1 workflow repointed, 1 stays: the model lacks what they need.');
    await expect(question).toContainText('1 active workflow uses it');
    await question.getByRole('button', { name: 'Delete model' }).click();
    await expect(question).toBeHidden();
    expect((await api<Workflow>('GET', `/api/workflows/${letters}`)).draft.steps[1]).toMatchObject({ config: { model: plain.slug } });
  });

  await test.step('who stays says why', async () => {
    await page.goto(`/models/${doomed.slug}`);
    await page.getByRole('button', { name: 'Repoint', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Repoint the users of Doomed model' });
    await dialog.getByRole('combobox', { name: 'Repoint to' }).click();
    await page.getByRole('option', { name: /Plain model/ }).click();
    await expect(dialog.getByRole('checkbox', { name: /Invoices/ })).toBeDisabled();
    await expect(dialog).toContainText('Plain model does not have JSON mode, which this step needs.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('it is taken back, and the repoint undone', async () => {
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await expect(page.getByText('This model has been deactivated')).toBeHidden();
    await page.getByRole('button', { name: `Undo repoint from ${doomed.slug} to ${plain.slug}` }).click();
    await expect(page.getByRole('region', { name: 'Repoints' })).toContainText('Undone');
    const restored = await api<Workflow>('GET', `/api/workflows/${letters}`);
    expect(restored).toMatchObject({ published_version: 1, has_changes: false });
    expect(restored.draft.steps[1]).toMatchObject({ config: { model: doomed.slug } });
  });
});

test('a secret is replaced for all its models, and the old one comes back by itself where the new one is refused', async ({
  page,
  api,
  product,
}) => {
  const upstream = await startFakeOpenAi({ variant: 'vllm', apiKey: 'cellar-key-that-works-71f3' });
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: 'qwen3-32b',
    credential: { api_key: 'cellar-key-that-works-71f3' },
  } as const;
  const model = await registerModel(api, connection, { display_name: 'Rotating model' });
  const id = model.credential?.id ?? '';

  await test.step('the list leads to it', async () => {
    await page.goto('/credentials');
    await page
      .getByRole('row', { name: /Rotating model/ })
      .getByRole('link')
      .click();
    await expect(page.getByRole('region', { name: 'Models' })).toContainText('Rotating model');
  });

  await test.step('each model says what it thinks of the new secret, and nothing is changed before', async () => {
    await page.getByRole('button', { name: 'Replace secret' }).click();
    const dialog = page.getByRole('dialog', { name: /^Replace/ });
    await expect(dialog.getByRole('button', { name: 'Replace', exact: true })).toHaveAccessibleDescription(/Enter the new secret/);
    await dialog.getByLabel('API key').fill('cellar-key-that-is-wrong-0c9e');
    await dialog.getByRole('button', { name: 'Test with every model' }).click();
    await expect(dialog.getByRole('list', { name: 'What the models say' })).toContainText('Failed');
    expect((await api<Credential>('GET', `/api/credentials/${id}`)).trial).toBeNull();
    await dialog.getByRole('button', { name: 'Replace anyway' }).click();
    await expect(page.getByText('The new secret is being tried')).toBeVisible();
  });

  await test.step('the first real call is refused, is answered with the old secret, and the page tells it', async () => {
    expect((await askWhole(product, model.slug, 'Hello')).status).toBe(200);
    await expect(page.getByText('The provider refused the new secret, so the old one is used again')).toBeVisible({ timeout: 15_000 });
  });

  await test.step('it says when it ends', async () => {
    await page.getByLabel('Ends on').fill('2020-01-01');
    await page.getByRole('button', { name: 'Save end' }).click();
    await expect(page.getByText('This credential has expired')).toBeVisible();
  });
  await upstream.close();
});
