import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { signIn } from './support/sign-in.ts';
import { startProduct } from './support/start-product.ts';
import { watchPage } from './support/watch-page.ts';

const run = promisify(execFile);
const entry = fileURLToPath(new URL('../apps/server/dist/main.js', import.meta.url));

/** What the source says of as many models as it must have to be believed. */
function listOfSource() {
  const others = Array.from({ length: 400 }, (_, index) => ({ id: `vendor/model-${index}`, name: `Vendor: Model ${index}` }));
  const grok = {
    id: 'x-ai/grok-4',
    name: 'xAI: Grok 4',
    context_length: 256_000,
    pricing: { prompt: '0.000004', completion: '0.000015', overrides: [{ min_prompt_tokens: 128_000, prompt: '0.000008' }] },
    supported_parameters: ['tools', 'response_format', 'reasoning'],
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    expiration_date: '2099-03-31',
  };
  return { data: [grok, { id: 'acme/brand-new', name: 'Acme: Brand New', supported_parameters: ['tools'] }, ...others] };
}

test('the catalogue follows its source: read, shown, and offered as the operator says', async ({ browser }) => {
  test.setTimeout(120_000);
  const source = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listOfSource()));
  }).listen(0, '127.0.0.1');
  await once(source, 'listening');
  const environment = {
    PROVIDER_BASE_URLS: JSON.stringify({ openrouter: `http://127.0.0.1:${(source.address() as AddressInfo).port}/api/v1` }),
  };
  const product = await startProduct({ environment });
  const context = await browser.newContext({ baseURL: product.url, storageState: await signIn(product.url, product.admin) });
  const page = await context.newPage();
  const watch = await watchPage(page);
  const operator = (...words: string[]) =>
    run(process.execPath, [entry, 'catalogue', ...words], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: product.dataDir, ...environment },
    });
  try {
    await test.step('the source is read at the press of a button', async () => {
      await page.goto('/models');
      await page.getByRole('link', { name: 'Platform catalogue' }).click();
      await expect(page.getByText('Never: what you see is the list that came with this release.')).toBeVisible();
      await page.getByRole('button', { name: 'Read the source now' }).click();
      await expect(page.getByText('Changes taken over')).toBeVisible();
    });

    await test.step('what has changed of the models here is told', async () => {
      const row = page.getByRole('row', { name: /x-ai\/grok-4 / });
      await expect(row).toContainText('Input price: $3.00 → $4.00 per 1M tokens');
      await expect(row).toContainText('Prices of long prompts: none → above 128,000 tokens');
      await expect(page.getByRole('row', { name: /openai\/gpt-5.4/ })).toContainText('No longer listed');
      await page.getByRole('link', { name: 'Models', exact: true }).click();
      await expect(page.getByRole('row', { name: /Grok 4 / })).toContainText('Retires 2099-03-31');
      await page.getByRole('link', { name: 'Grok 4', exact: true }).click();
      await expect(page.getByText('Its provider may end this model from 2099-03-31 on')).toBeVisible();
      await expect(page.getByRole('term').filter({ hasText: 'Above 128K' })).toBeVisible();
    });

    await test.step('the operator offers a new model beside the server that runs', async () => {
      expect((await operator('list', 'brand')).stdout).toContain('  acme/brand-new');
      expect((await operator('pin', 'acme/brand-new')).stdout).toContain('acme/brand-new is offered.');
      await page.goto('/catalogue?tab=models&search=brand');
      await expect(page.getByRole('row', { name: /acme\/brand-new/ })).toContainText('Offered');
      await page.goto('/models?search=brand');
      await expect(page.getByRole('link', { name: 'Brand New' })).toBeVisible();
    });
    expect(watch.complaints).toEqual([]);
  } finally {
    await context.close();
    await product.stop();
    source.close();
  }
});
