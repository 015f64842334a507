import type { Attempt, Batch, Replay, Workflow } from '@pipelines/contracts';
import type { Page } from '@playwright/test';
import { addModelDialog } from './support/add-model-dialog.ts';
import { askWhole } from './support/chat-call.ts';
import { findOverflow } from './support/find-overflow.ts';
import { findViolations } from './support/find-violations.ts';
import { expect, test } from './support/journey.ts';
import { llmPipeline } from './support/llm-pipeline.ts';
import { type ManagementApi, managementApi } from './support/management-api.ts';
import { registerModel } from './support/register-model.ts';
import type { Product } from './support/start-product.ts';
import { providerKeys } from './support/start-providers.ts';

/** A view and what must be on the screen before it is judged. */
interface View {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}

const at = (path: string, heading: string): View => ({
  name: path,
  open: async (page) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  },
});

const pages: readonly View[] = [
  at('/models', 'Models'),
  at('/models?search=nothing-like-this', 'Models'),
  at('/models/no-such-model', 'No such model'),
  at('/catalogue', 'Platform catalogue'),
  at('/catalogue?tab=models', 'Platform catalogue'),
  at('/workflows', 'Pipelines'),
  at('/evaluations', 'Evaluations'),
  at('/evaluations?tab=datasets', 'Evaluations'),
  at('/tools', 'Tools'),
  at('/playground', 'Playground'),
  at('/log', 'Log'),
  at('/usage', 'Usage'),
  at('/api-keys', 'API keys'),
  at('/credentials', 'Credentials'),
  at('/people', 'People'),
  at('/settings', 'Settings'),
  at('/settings?tab=account', 'Settings'),
  at('/settings?tab=audit', 'Settings'),
  // The last: the window stays as narrow.
  { name: 'models on a phone', open: openNarrow },
];

const dialogs: readonly View[] = [
  { name: 'new evaluation', open: (page) => openBy(page, '/evaluations', 'New evaluation') },
  { name: 'tool endpoint dialog', open: (page) => openBy(page, '/tools', 'Add tool endpoint') },
  { name: 'new pipeline', open: (page) => openBy(page, '/workflows', 'New pipeline') },
  { name: 'repoint dialog', open: (page) => openBy(page, '/models/accessible-model', 'Repoint') },
  { name: 'add dialog, failed', open: openFailedTest },
  { name: 'edit dialog', open: (page) => openBy(page, '/models/accessible-model', 'Edit') },
  { name: 'delete question', open: (page) => openBy(page, '/models/accessible-model', 'Delete model') },
  { name: 'API key dialog', open: (page) => openBy(page, '/api-keys', 'Create API key') },
  { name: 'invitation dialog', open: (page) => openBy(page, '/people', 'Invite') },
  { name: 'search', open: (page) => openBy(page, '/models', 'Search') },
  { name: 'second credential', open: (page) => openBy(page, '/models/accessible-model', 'Add a credential') },
  { name: 'replay dialog', open: (page) => openBy(page, '/models/accessible-model', 'New replay') },
  { name: 'limits of a key', open: openLimits },
  { name: 'webhook dialog', open: (page) => openBy(page, '/settings?tab=webhooks', 'Add webhook') },
];

test.describe
  .serial('axe finds nothing, light or dark, and nothing is wider than a narrow window', () => {
    test.setTimeout(300_000);

    test('on any page', async ({ page, api }) => {
      const connection = { provider: 'fireworks', auth_kind: 'api_key', provider_model_id: 'accounts/acme/models/a11y' } as const;
      await registerModel(
        api,
        { ...connection, credential: { api_key: providerKeys.fireworks } },
        { display_name: 'Accessible model', input_cost_per_token: '0.0000009', output_cost_per_token: '0.0000009' },
      );
      expect(await lookAt(page, pages, findOverflow)).toEqual([]);
    });

    test('on the pages of what has been made', async ({ page, api, product }) => {
      const made = await makeAllKinds(api, product);
      const views: readonly View[] = [
        { name: 'model with all its panels', open: openWholeModel },
        at('/settings?tab=webhooks', 'Settings'),
        at('/settings?tab=aliases', 'Settings'),
        at(`/credentials/${made.credentialId}`, 'fw'),
        at(`/models/accessible-model/replays/${made.replayId}`, 'accessible-model'),
        at(`/workflows/${made.workflowId}/tasks`, 'Tasks of Accessible pipeline'),
        at(`/workflows/${made.workflowId}/tasks?view=schedules`, 'Tasks of Accessible pipeline'),
        at(`/batches/${made.batchId}`, '1 task'),
        { name: 'call with its contents', open: (page) => openContents(page, made.attemptId) },
      ];
      expect(await lookAt(page, views, findOverflow)).toEqual([]);
    });

    test('in any dialog', async ({ page }) => {
      expect(await lookAt(page, dialogs)).toEqual([]);
    });

    // Other journeys begin with an organization that keeps nothing and tells nobody.
    test.afterAll(async ({ product }) => {
      const api = managementApi(product);
      await api('PATCH', '/api/settings', { content_retention_days: null });
      const { data } = await api<{ data: { id: string }[] }>('GET', '/api/webhooks');
      for (const { id } of data) await api('DELETE', `/api/webhooks/${id}`);
    });
  });

/** One of each thing that has a page of its own, most of it made by the one call that is kept. */
async function makeAllKinds(api: ManagementApi, product: Product) {
  const slug = 'accessible-model';
  await api('PATCH', '/api/settings', { content_retention_days: 30 });
  await api('POST', '/api/webhooks', { url: 'https://alerts.acme.example/budgets' });
  await api('POST', '/api/aliases', { name: 'accessible', slug });
  await api('POST', '/api/budgets', { subject_type: 'model', subject_id: slug, period: 'month', amount: '100' });
  await api('PATCH', '/api/call-limits', { subject_type: 'model', subject_id: slug, requests_per_minute: 600 });
  await askWhole(product, slug, 'Hello');
  const calls = async () => (await api<{ data: Attempt[] }>('GET', `/api/attempts?slug=${slug}&source=gateway`)).data;
  await expect.poll(async () => (await calls()).length).toBe(1);
  const attemptId = (await calls())[0]?.id;
  const isKept = async () => (await api<{ content_kept: boolean }>('GET', `/api/attempts/${attemptId}`)).content_kept;
  await expect.poll(isKept).toBe(true);
  const replay = await api<Replay>('POST', `/api/models/${slug}/replays`, {
    to: 'openai/gpt-5-mini',
    inputs: { kind: 'recent', limit: 1 },
  });
  const workflow = await api<Workflow>('POST', '/api/workflows', { name: 'Accessible pipeline', graph: llmPipeline({ model: slug }) });
  await api('POST', `/api/workflows/${workflow.id}/publish`, { revision: workflow.revision });
  const tasks = [{ input: { text: 'Hello' } }];
  const { batch } = await api<{ batch: Batch }>('POST', `/api/workflows/${workflow.id}/tasks`, { tasks });
  const yearly = { name: 'Each New Year', cron: '0 0 1 1 *', time_zone: 'UTC', tasks };
  await api('POST', `/api/workflows/${workflow.id}/schedules`, yearly);
  const { data } = await api<{ data: { id: string; models: { slug: string }[] }[] }>('GET', '/api/credentials');
  const credential = data.find(({ models }) => models.some((model) => model.slug === slug));
  return {
    attemptId,
    batchId: batch.id,
    credentialId: credential?.id,
    replayId: replay.id,
    workflowId: workflow.id,
  };
}

/** @param findMore what else may be wrong with a view */
async function lookAt(page: Page, views: readonly View[], findMore = findNothing): Promise<string[]> {
  const found: string[] = [];
  for (const view of views) {
    await view.open(page);
    found.push(...(await findViolations(page, view.name)), ...(await findMore(page, view.name)));
  }
  return found;
}

const findNothing: typeof findOverflow = async () => [];

test('axe finds nothing at the entrance', async ({ browser, product }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const found: string[] = [];
  for (const path of ['/sign-in', '/invitation', '/invitation#token=abc']) {
    await page.goto('about:blank');
    await page.goto(product.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    found.push(...(await findViolations(page, path)));
  }
  expect(found).toEqual([]);
  await context.close();
});

async function openBy(page: Page, path: string, button: string): Promise<void> {
  await page.goto(path);
  // An empty list offers the same action once more.
  await page
    .getByRole('button', { name: button, exact: button !== 'Search' })
    .first()
    .click();
  const opened = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await expect(opened).toBeVisible();
  await expect(opened.locator('[aria-busy=true]')).toHaveCount(0);
}

async function openNarrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/models?search=Accessible');
  await expect(page.getByRole('button', { name: 'Open the menu' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Accessible model' })).toBeVisible();
}

async function openLimits(page: Page): Promise<void> {
  await openBy(page, '/api-keys', 'Limits of Bootstrap');
  await page.getByRole('dialog').getByRole('button', { name: 'Add budget' }).click();
  await expect(page.getByLabel('Amount in USD')).toBeVisible();
}

async function openFailedTest(page: Page): Promise<void> {
  const add = addModelDialog(page);
  await add.open();
  await add.fill({ 'API key': 'wrong', 'Provider model ID': 'accounts/acme/models/a11y', 'Input $ per 1M': '2500' });
  await add.toggle('Extended reasoning');
  await add.test();
  await expect(add.dialog.getByText('Fireworks rejected the key.')).toBeVisible();
}

async function openContents(page: Page, attemptId: string | undefined): Promise<void> {
  await page.goto(`/log?attempt=${attemptId}`);
  const call = page.getByRole('dialog', { name: 'Call' });
  await call.getByRole('button', { name: 'Show request and answer' }).click();
  await expect(call.getByRole('region', { name: 'Answer' })).toBeVisible();
}

/** Several of its panels come after the page, each by its own script and its own answer. */
async function openWholeModel(page: Page): Promise<void> {
  await page.goto('/models/accessible-model');
  await expect(page.getByRole('region', { name: 'Health' })).toContainText('Tokens a second');
  await expect(page.getByRole('table', { name: 'Price history' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a credential' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Calls a minute' })).toHaveValue('600');
  await expect(page.getByRole('button', { name: 'New replay' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Recent calls of accessible-model' })).toBeVisible();
}
