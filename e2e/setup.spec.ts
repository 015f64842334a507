import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from './support/start-product.ts';
import { watchPage } from './support/watch-page.ts';

const dana = { name: 'Dana Reyes', email: 'dana@acme.example', password: 'correct horse battery' };
const platformModels = [
  ['GPT 5.4', 'openai/gpt-5.4'],
  ['GPT 5.2', 'openai/gpt-5.2'],
  ['GPT 5 Mini', 'openai/gpt-5-mini'],
  ['Claude Opus 4.6', 'anthropic/claude-opus-4.6'],
  ['Claude Sonnet 4.6', 'anthropic/claude-sonnet-4.6'],
  ['Gemini 3.1 Pro', 'google/gemini-3.1-pro-preview'],
  ['Gemini 3 Flash', 'google/gemini-3-flash-preview'],
  ['Grok 4', 'x-ai/grok-4'],
  ['Grok 4.1 Fast', 'x-ai/grok-4.1-fast'],
];

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ bootstrap: false });
});
test.afterAll(() => product?.stop());

test('an empty server becomes an organization by its setup link, once', async ({ page, browser }) => {
  const watch = await watchPage(page);
  const link = setupLink();

  await test.step('without the link, the page only says where it is', async () => {
    await page.goto(product.url);
    await expect(page.getByRole('heading', { name: 'Set up Pipelines' })).toBeVisible();
    await expect(page.getByText("Open the link from the server's terminal.")).toBeVisible();
  });

  await test.step('with the link, somebody becomes the first admin', async () => {
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByText('Name your organization and become its first admin.')).toBeVisible();
    await expect(page).toHaveURL(`${product.url}/setup`);
    await fillSetup(page, { password: 'too short' });
    await page.getByRole('button', { name: 'Create the organization' }).click();
    await expect(page.getByLabel(/^Password/)).toBeFocused();
    await expect(page.getByLabel(/^Password/)).toHaveAccessibleDescription(/At least 12 characters/);
    await page.getByLabel(/^Password/).fill(dana.password);
    await page.getByRole('button', { name: 'Create the organization' }).click();
    await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
  });

  await test.step('the nine platform models stand in their order and say what the operator must set', async () => {
    const rows = page.getByRole('table', { name: 'Models' }).locator('tbody').getByRole('row');
    await expect(rows).toHaveCount(platformModels.length);
    for (const [index, [name = '', id = '']] of platformModels.entries()) {
      await expect(rows.nth(index)).toContainText(name);
      await expect(rows.nth(index)).toContainText(id);
      await expect(rows.nth(index)).toContainText('Not configured');
    }
    await expect(rows.filter({ hasText: 'Default' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'Default' })).toContainText('Gemini 3.1 Pro');
    await expect(page.getByRole('status').filter({ hasText: 'OPENROUTER_API_KEY' })).toBeVisible();
  });

  await test.step('the link works once', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(link);
    await expect(stranger.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await other.close();
    const token = new URL(link).hash.replace('#token=', '');
    const again = await fetch(`${product.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.url },
      body: JSON.stringify({ ...dana, token, organization_name: 'Mallory', email: 'mallory@evil.example' }),
    });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'setup_closed']);
  });

  await signOutAndIn(page);
  expect(watch.complaints).toEqual([]);
});

async function signOutAndIn(page: Page): Promise<void> {
  await test.step('signing out ends the session; a wrong password says so; the wanted page opens afterwards', async () => {
    await page.getByRole('button', { name: dana.name }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto(`${product.url}/log?status=failed`);
    await page.getByLabel(/^Email/).fill(dana.email);
    await page.getByLabel(/^Password/).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('The email or the password is wrong. Check both and try again.');
    await page.getByLabel(/^Password/).fill(dana.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Log', exact: true })).toBeVisible();
    expect(new URL(page.url()).search).toBe('?status=failed');
  });
}

function setupLink(): string {
  const link = /http:\/\/\S+\/setup#token=[\w-]+/.exec(product.output())?.[0];
  if (link === undefined) throw new Error(`No setup link was printed:\n${product.output()}`);
  return link;
}

async function fillSetup(page: Page, { password }: { readonly password: string }): Promise<void> {
  await page.getByLabel(/^Organization/).fill('Acme Robotics');
  await page.getByLabel(/^Your name/).fill(dana.name);
  await page.getByLabel(/^Email/).fill(dana.email);
  await page.getByLabel(/^Password/).fill(password);
}
