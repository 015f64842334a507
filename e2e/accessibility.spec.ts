import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addModelDialog } from './support/add-model-dialog.ts';
import { askWhole } from './support/chat-call.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
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
  at('/models/accessible-model', 'Accessible model'),
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
  { name: 'details of a call', open: openAttempt },
];

test.describe
  .serial('axe finds nothing, light or dark', () => {
    test.setTimeout(180_000);

    test('on any page', async ({ page, api, product }) => {
      const connection = { provider: 'fireworks', auth_kind: 'api_key', provider_model_id: 'accounts/acme/models/a11y' } as const;
      await registerModel(
        api,
        { ...connection, credential: { api_key: providerKeys.fireworks } },
        { display_name: 'Accessible model', input_cost_per_token: '0.0000009', output_cost_per_token: '0.0000009' },
      );
      await askWhole(product, 'accessible-model', 'Hello');
      expect(await lookAt(page, pages)).toEqual([]);
    });

    test('in any dialog', async ({ page }) => {
      expect(await lookAt(page, dialogs)).toEqual([]);
    });
  });

async function lookAt(page: Page, views: readonly View[]): Promise<string[]> {
  const found: string[] = [];
  for (const view of views) {
    await view.open(page);
    found.push(...(await violationsOf(page, view.name)));
  }
  return found;
}

test('axe finds nothing at the entrance', async ({ browser, product }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const found: string[] = [];
  for (const path of ['/sign-in', '/invitation', '/invitation#token=abc']) {
    await page.goto('about:blank');
    await page.goto(product.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    found.push(...(await violationsOf(page, path)));
  }
  expect(found).toEqual([]);
  await context.close();
});

/** Asked in the page. Colours are inherited level by level, each by a transition of its own, however short. */
const isPainted = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.getAnimations().every((animation) => !(animation instanceof CSSTransition))))))`;

/** In both themes: the page follows the system's at once. Without transitions, so that no colour is caught half-way. */
async function violationsOf(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(isPainted);
    const axe = new AxeBuilder({ page });
    // Only colours differ between the themes.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const describe = (id: string, node: (typeof violations)[number]['nodes'][number]) =>
      `${name}, ${colorScheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`;
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => describe(id, node))));
  }
  return found;
}

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

async function openFailedTest(page: Page): Promise<void> {
  const add = addModelDialog(page);
  await add.open();
  await add.fill({ 'API key': 'wrong', 'Provider model ID': 'accounts/acme/models/a11y', 'Input $ per 1M': '2500' });
  await add.toggle('Extended reasoning');
  await add.test();
  await expect(add.dialog.getByText('Fireworks rejected the key.')).toBeVisible();
}

async function openAttempt(page: Page): Promise<void> {
  await page.goto('/log?slug=accessible-model');
  await page.getByRole('table', { name: 'Log' }).locator('tbody').getByRole('link').first().click();
  await expect(page.getByRole('dialog', { name: 'Call' }).getByText('Finish reason')).toBeVisible();
}
