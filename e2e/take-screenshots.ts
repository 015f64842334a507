/**
 * Every page in both themes, as PNGs, of a product with a believable organization in it.
 *
 *   npm run screenshots -w @pipelines/e2e -- FOLDER
 *
 * `CHROMIUM_PATH` names the browser. The list of models in the light theme also goes to `docs/screenshot.png`.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { addModelDialog } from './support/add-model-dialog.ts';
import { fillDemoOrganization } from './support/demo-organization.ts';
import { managementApi } from './support/management-api.ts';
import { signIn } from './support/sign-in.ts';
import { type Product, startProduct } from './support/start-product.ts';
import { providerKeys, startProviders } from './support/start-providers.ts';

const folder = resolve(process.argv[2] ?? 'screenshots');
const readmePicture = fileURLToPath(new URL('../docs/screenshot.png', import.meta.url));
const model = '/models/acme-llama-ft-v2';

type View = readonly [name: string, path: string, act?: (page: Page) => Promise<void>];

const views: readonly View[] = [
  ['models', '/models'],
  ['add-model', '/models', fillAddDialog],
  ['add-model-failed', '/models', failAddDialog],
  ['model', model],
  ['model-platform', '/models/google%2Fgemini-3.1-pro-preview'],
  ['catalogue', '/catalogue'],
  ['catalogue-models', '/catalogue?tab=models'],
  ['edit-model', model, (page) => page.getByRole('button', { name: 'Edit' }).click()],
  ['delete-model', model, (page) => page.getByRole('button', { name: 'Delete model' }).click()],
  ['playground', '/playground?model=acme-llama-ft-v2', askInPlayground],
  ['log', '/log'],
  ['call', '/log?slug=acme-llama-ft-v2', openCall],
  ['usage', '/usage'],
  ['api-keys', '/api-keys'],
  ['create-api-key', '/api-keys?create=true'],
  ['limits-of-key', '/api-keys', openLimits],
  ['people', '/people'],
  ['settings', '/settings'],
  ['settings-account', '/settings?tab=account'],
  ['settings-webhooks', '/settings?tab=webhooks'],
  ['settings-audit', '/settings?tab=audit'],
];

mkdirSync(folder, { recursive: true });
const providers = await startProviders();
const product = await startProduct({ environment: providers.environment });
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
});
try {
  await fillDemoOrganization(product, providers, managementApi(product));
  for (const theme of ['light', 'dark'] as const) await takeAll(browser, product, theme);
  copyFileSync(join(folder, 'models-light.png'), readmePicture);
} finally {
  await browser.close();
  await product.stop();
  await providers.close();
}

async function takeAll(browser: Browser, product: Product, theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({
    baseURL: product.url,
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    storageState: await signIn(product.url, product.admin),
  });
  const page = await context.newPage();
  for (const [name, path, act] of views) {
    await page.goto(path);
    await settle(page);
    await act?.(page);
    await settle(page);
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' });
  }
  await context.clearCookies();
  await page.goto('/sign-in');
  await settle(page);
  await page.screenshot({ path: join(folder, `sign-in-${theme}.png`) });
  await context.close();
}

/** Everything that the view asks for has come. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
}

async function openLimits(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Limits of Ticket triage, production' }).click();
}

async function openCall(page: Page): Promise<void> {
  await page
    .getByRole('table', { name: 'Log' })
    .getByRole('row', { name: /Succeeded.*1,957/ })
    .getByRole('link')
    .click();
  await page.getByRole('dialog', { name: 'Call' }).getByText('Finish reason').waitFor();
}

async function fillAddDialog(page: Page): Promise<void> {
  const add = addModelDialog(page);
  await add.open();
  await add.fill({
    'API key': providerKeys.fireworks,
    'Provider model ID': 'accounts/acme/models/llama-ft-v3',
    'Display name': 'Acme Llama FT v3',
  });
  await add.toggle('JSON mode');
  await add.toggle('Tool use');
  await add.testAndPass();
}

async function failAddDialog(page: Page): Promise<void> {
  const add = addModelDialog(page);
  await add.open();
  await add.choice('OpenAI-compatible').click();
  await add.fill({ 'Base URL': providers.vllm.origin, 'API key': providerKeys.vllm, 'Provider model ID': 'qwen3-32b' });
  await add.test();
  await add.button('Add /v1').waitFor();
}

async function askInPlayground(page: Page): Promise<void> {
  providers.fireworks.answerOnce({
    text: 'Route it to billing: the customer asks about a second charge on the invoice of March.',
    usage: { prompt_tokens: 1_820, completion_tokens: 24, total_tokens: 1_844 },
  });
  await page.getByLabel('Message').fill('Which queue should this ticket go to? “I was charged twice in March.”');
  await page.keyboard.press('Enter');
  await page.getByText('tokens ·').waitFor();
}
