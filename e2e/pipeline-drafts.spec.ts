import { readFileSync } from 'node:fs';
import type { Model, Workflow } from '@pipelines/contracts';
import type { Page } from '@playwright/test';
import { builder, savedDraft } from './support/builder.ts';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { llmPipeline } from './support/llm-pipeline.ts';
import type { ManagementApi } from './support/management-api.ts';
import { registerModel } from './support/register-model.ts';
import { type Providers, providerKeys } from './support/start-providers.ts';

async function register(api: ManagementApi, { openrouter }: Providers, name: string): Promise<Model> {
  expect(openrouter.port).toBeGreaterThan(0);
  const connection = { provider: 'openrouter', auth_kind: 'api_key', credential: { api_key: providerKeys.openrouter } } as const;
  return registerModel(api, { ...connection, provider_model_id: 'acme/draft' }, { display_name: name });
}

/** Opens a new pipeline of one LLM step. */
async function open(page: Page, api: ManagementApi, name: string, model: string) {
  const { id } = await api<Workflow>('POST', '/api/workflows', { name, graph: llmPipeline({ model }) });
  await page.goto(`/workflows/${id}`);
  const screen = builder(page);
  await screen.card('llm').click();
  return { id, screen };
}

test('an edit that is still on its way when one leaves is there when one comes back, and is no conflict with oneself', async ({
  page,
  api,
  providers,
}) => {
  const { slug } = await register(api, providers, 'Left early');
  const { id, screen } = await open(page, api, 'Left early', slug);
  const save = await holdBack(page, new RegExp(`/api/workflows/${id}$`), 'PATCH');
  await screen.settings.getByLabel('Title').fill('On its way');
  await page.getByRole('link', { name: 'Tasks' }).click();
  await expect(page.getByRole('heading', { name: 'Tasks of Left early' })).toBeVisible();
  await page.getByRole('link', { name: 'Open the builder' }).click();
  await expect(screen.card('llm')).toContainText('On its way');
  await screen.card('llm').click();
  await screen.settings.getByLabel('Title').fill('Arrived');
  save();
  const draft = await savedDraft(api, page);
  expect(draft.steps.map(({ title }) => title)).toContain('Arrived');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('two editors never overwrite each other: the later one sees both drafts and chooses', async ({ page, api, providers, context }) => {
  const { slug } = await register(api, providers, 'Two editors');
  const { id, screen } = await open(page, api, 'Edited by two', slug);
  const other = await context.newPage();
  await other.goto(`/workflows/${id}`);
  const theirs = builder(other);
  await theirs.card('llm').click();
  await theirs.settings.getByLabel('Title').fill('Theirs');
  await savedDraft(api, other);

  await screen.settings.getByLabel('Title').fill('Mine');
  const conflict = page.getByRole('dialog', { name: 'Somebody else has changed this pipeline' });
  await expect(conflict).toContainText('Mine → Theirs');
  await conflict.getByRole('button', { name: 'Take theirs' }).click();
  await expect(screen.card('llm')).toContainText('Theirs');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(screen.card('llm')).toContainText('Mine');
  const draft = await savedDraft(api, page);
  expect(draft.steps.map(({ title }) => title)).toContain('Mine');
});

test('what happens to models elsewhere shows in an open builder: one comes, one loses a capability, one goes', async ({
  page,
  api,
  providers,
}) => {
  const { slug } = await register(api, providers, 'Soon gone');
  const { screen } = await open(page, api, 'Watching models', slug);
  await screen.expectComplete();
  await register(api, providers, 'Just come');
  await screen.settings.getByRole('combobox', { name: /^Model/ }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('Just');
  await expect(page.getByRole('group', { name: 'Custom' }).getByRole('option', { name: /^Just come/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await api('DELETE', `/api/models/${slug}?confirm=true`);
  await expect(screen.card('llm')).toContainText('1 problem');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Publish', exact: true }).getByRole('list', { name: 'LLM' })).toContainText(
    'Soon gone has been deactivated.',
  );
});

test('steps are copied between pipelines, versions differ in words, an export is imported whole', async ({ page, api, providers }) => {
  const { slug } = await register(api, providers, 'Exported model');
  const { screen } = await open(page, api, 'To be exported', slug);

  await test.step('copy and paste', async () => {
    await screen.card('llm').focus();
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await expect(screen.card('llm_2')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(screen.card('llm_2')).toBeHidden();
    await screen.expectComplete();
  });

  await test.step('a version, and how the draft differs from it', async () => {
    await savedDraft(api, page);
    await screen.publish();
    await screen.card('llm').click();
    await screen.settings.getByLabel(/^Prompt/).fill('Say: {{input.text}}');
    await savedDraft(api, page);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Versions' }).click();
    const versions = page.getByRole('dialog', { name: 'Versions' });
    await expect(versions.getByRole('region', { name: 'Changes of LLM' })).toContainText('{{input.text}} → Say: {{input.text}}');
    await versions.getByRole('button', { name: 'Make version 1 the draft' }).click();
    await expect(screen.settings.getByLabel(/^Prompt/)).toHaveText('{{input.text}}');
  });

  await test.step('export and import', async () => {
    const draft = await savedDraft(api, page);
    await page.getByRole('button', { name: 'More actions' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as JSON' }).click();
    const file = await (await download).path();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ name: 'To be exported', graph: draft });
    await page.goto('/workflows?create=true');
    const dialog = page.getByRole('dialog', { name: 'New pipeline' });
    await dialog.getByRole('radio', { name: /^Import/ }).click();
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'pipeline.json', mimeType: 'application/json', buffer: readFileSync(file) });
    await expect(dialog.getByLabel(/^Name/)).toHaveValue('To be exported');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(screen.card('llm')).toBeVisible();
    expect(await savedDraft(api, page)).toEqual(draft);
  });
});
