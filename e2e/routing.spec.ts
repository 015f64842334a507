import { startFakeOpenAi } from '@pipelines/providers/testing';
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';

const secondKey = 'sk-second-5d2e4f60818c1b7a';
const firstKey = 'sk-first-8c1b7a5d2e4f6081';

test('an admin gives models a second credential, fallbacks, a name and kept answers, and calls follow', async ({
  page,
  api,
  product,
  providers,
}) => {
  const first = await startFakeOpenAi({ apiKey: firstKey });
  const second = await startFakeOpenAi({ apiKey: secondKey });
  const connection = (base_url: string, api_key: string, provider_model_id: string) =>
    ({ provider: 'openai-compatible', auth_kind: 'api_key', base_url, provider_model_id, credential: { api_key } }) as const;
  const prices = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  const { slug } = await registerModel(api, connection(first.baseUrl, firstKey, 'routed-model'), { display_name: 'Routed', ...prices });
  await registerModel(api, connection(second.baseUrl, secondKey, 'other-model'), { display_name: 'Stand-in' });
  const routing = page.getByRole('region', { name: 'Routing' });

  const ask = async (model: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${product.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${product.admin.apiKey}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    await response.text();
    return response;
  };

  try {
    await test.step('a second credential serves only after its test has passed', async () => {
      await page.goto(`/models/${slug}`);
      await expect(routing.getByRole('button', { name: 'Add a credential' })).toBeVisible({ timeout: 30_000 });
      await routing.getByRole('button', { name: 'Add a credential' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a credential' });
      await expect(dialog.getByRole('button', { name: 'Add credential' })).toHaveAttribute('aria-disabled', 'true');
      await dialog.getByLabel('Base URL').fill(second.baseUrl);
      await dialog.getByLabel('API key', { exact: false }).first().fill(secondKey);
      await dialog.getByRole('button', { name: 'Test connection' }).click();
      await expect(dialog.getByText(/^Connected in /)).toBeVisible();
      await dialog.getByRole('button', { name: 'Add credential' }).click();
      await expect(dialog).toBeHidden();
      await expect(routing.getByRole('row').filter({ hasText: second.baseUrl })).toContainText('Serving');
    });

    await test.step('a refused one is left alone, and the page says so', async () => {
      await routing
        .getByLabel(/^Weight of/)
        .last()
        .fill('0');
      await routing.getByRole('button', { name: 'Save weights' }).click();
      await expect(page.getByText('Saved. It holds from the next call on.')).toBeVisible();
      first.answerOnce({ status: 401, body: '{}' });
      const answer = await ask(slug);
      expect([answer.status, answer.headers.get('x-pipelines-attempts')]).toEqual([200, '2']);
      await expect(routing.getByRole('row').filter({ hasText: first.baseUrl })).toContainText('Cooling down', {
        // It rests for a minute, and the page looks every five seconds.
        timeout: 30_000,
      });
    });

    await test.step('a fallback is chosen, and answers', async () => {
      await routing.getByLabel('Add a fallback model').click();
      await page.getByRole('option', { name: /Stand-in/ }).click();
      const saved = savedRouting(page);
      await routing.getByRole('button', { name: 'Save fallbacks' }).click();
      expect((await saved).status()).toBe(200);
      await expect(routing.getByRole('button', { name: 'Save fallbacks' })).toHaveAttribute('aria-disabled', 'true');
      second.answerOnce({ status: 500, body: '{}' });
      expect((await ask(slug)).headers.get('x-pipelines-model')).toBe('stand-in');
      expect((await ask(slug, { 'x-pipelines-fallback': 'a, b, c, d, e' })).status).toBe(400);
    });

    await test.step('a platform model has what the organization sets for its own calls', async () => {
      const platform = 'x-ai/grok-4.1-fast';
      await page.goto(`/models/${encodeURIComponent(platform)}`);
      await expect(routing.getByText('https://openrouter.ai/api/v1')).toBeVisible({ timeout: 30_000 });
      await expect(routing.getByText('Serving')).toBeVisible();
      await routing.getByRole('textbox', { name: 'Retries' }).fill('0');
      const limited = savedRouting(page);
      await routing.getByRole('button', { name: 'Save limits' }).click();
      expect((await limited).status()).toBe(200);
      await routing.getByLabel('Add a fallback model').click();
      await page.getByRole('option', { name: /Stand-in/ }).click();
      const saved = savedRouting(page);
      await routing.getByRole('button', { name: 'Save fallbacks' }).click();
      expect((await saved).status()).toBe(200);
      providers.openrouter.answerOnce({ status: 500, body: '{}' });
      expect((await ask(platform)).headers.get('x-pipelines-model')).toBe('stand-in');
      await page.goto(`/models/${slug}`);
    });

    await test.step('answers are kept, and what that saves is told', async () => {
      await routing.getByLabel('Keep answers for, seconds').fill('600');
      const saved = savedRouting(page);
      await routing.getByRole('region', { name: 'Kept answers' }).getByRole('button', { name: 'Save', exact: true }).click();
      expect((await saved).status()).toBe(200);
      await expect.poll(async () => (await api<{ cache_seconds: number }>('GET', `/api/models/${slug}/routing`)).cache_seconds).toBe(600);
      expect((await ask(slug)).headers.get('x-pipelines-cache')).toBe('miss');
      const kept = await ask(slug);
      expect(kept.headers.get('x-pipelines-cache')).toBe('hit');
      expect((await ask(slug, { 'x-pipelines-cache': 'no-store' })).headers.get('x-pipelines-cache')).toBeNull();
      await expect
        .poll(async () => (await api<{ hits: number }>('GET', `/api/cache-savings?slug=${slug}`)).hits, { timeout: 15_000 })
        .toBe(1);
      await page.reload();
      await expect(routing.getByText(/1 request got a kept answer, which saved \$0\.0000/)).toBeVisible();
      await routing.getByRole('button', { name: 'Throw kept answers away' }).click();
      await expect(page.getByText('The kept answers are gone.')).toBeVisible();
      expect((await ask(slug)).headers.get('x-pipelines-cache')).toBe('miss');
    });

    await test.step('an alias stands for the model, and for another one a moment later', async () => {
      await page.goto('/settings?tab=aliases');
      await page.getByLabel('New alias').fill('quick');
      await page.getByLabel('Model', { exact: true }).click();
      await page.getByRole('option', { name: 'Routed', exact: true }).click();
      await page.getByRole('button', { name: 'Add alias' }).click();
      await expect(page.getByRole('row').filter({ hasText: 'quick' })).toBeVisible();
      expect((await ask('quick')).headers.get('x-pipelines-model')).toBe(slug);
      await page.getByLabel('What quick stands for').click();
      await page.getByRole('option', { name: 'Stand-in', exact: true }).click();
      await expect(page.getByText('quick stands for Stand-in now.')).toBeVisible();
      expect((await ask('quick')).headers.get('x-pipelines-model')).toBe('stand-in');
    });
  } finally {
    await first.close();
    await second.close();
  }
});

/** From its answer on the next call goes by it. */
function savedRouting(page: Page) {
  return page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().endsWith('/routing'));
}
