import type { Model } from '@pipelines/contracts';
import { askStreamed, askWhole } from './support/chat-call.ts';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

test('real calls, some of them failed, are seen as health in the list and on the page; the search leads where one goes', async ({
  page,
  api,
  product,
  providers: { fireworks },
}) => {
  const connection = { provider: 'fireworks', auth_kind: 'api_key', provider_model_id: 'accounts/acme/models/watched' } as const;
  const { slug } = await registerModel(
    api,
    { ...connection, credential: { api_key: providerKeys.fireworks } },
    { display_name: 'Watched model', input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' },
  );
  await api('PATCH', `/api/models/${slug}/routing`, { max_retries: 0 });
  const row = page.getByRole('row').filter({ hasText: 'Watched model' });

  await test.step('without calls nothing is claimed', async () => {
    await page.goto('/models?search=Watched');
    await expect(row).toContainText('No recent calls');
  });

  await test.step('nine of twelve calls answered are a degraded model, by word and by number', async () => {
    for (let call = 0; call < 12; call += 1) {
      if (call % 4 === 3) fireworks.answerOnce({ status: 503, body: '{}' });
      else fireworks.answerOnce({ text: 'Seen', delayMs: 20, usage: { prompt_tokens: 10, completion_tokens: 40, total_tokens: 50 } });
      await (call % 2 === 0 ? askStreamed : askWhole)(product, slug, 'Hello');
    }
    await expect.poll(async () => (await api<Model>('GET', `/api/models/${slug}`)).health.calls).toBe(12);
    await page.goto('/models?health=degraded');
    await expect(row).toContainText('Degraded75 %');
    await page.goto('/models?health=healthy&search=Watched');
    await expect(page.getByText('No model matches these filters.')).toBeVisible();
  });

  await test.step('its page has the numbers behind the word, and the day by quarters of an hour', async () => {
    await page.goto(`/models/${slug}`);
    const health = page.getByRole('region', { name: 'Health' });
    await expect(health).toContainText('9 of 12 calls of the last hour were answered.');
    await expect(health).toContainText('Answered75 %');
    await expect(health).toContainText(/Latency[\d.]+ m?s ?P95 [\d.]+ m?s/);
    await expect(health).toContainText(/Tokens a second[1-9]/);
    const quarters = health.locator('svg g');
    await expect(quarters).toHaveCount(96);
    // The calls may lie on both sides of the turn of a quarter.
    const told = await health.getByRole('table').getByRole('row').allTextContents();
    expect(sumOf(told, /(\d+) calls?,/)).toBe(12);
    expect(sumOf(told, /(\d+) failed/)).toBe(3);
    await quarters.last().hover();
    await expect(health.getByText(/\d calls?, \d failed/).first()).toBeVisible();
  });

  await test.step('rows of the search before are dimmed until the answer comes', async () => {
    await page.goto('/models?search=Watched');
    const rows = page.getByRole('table', { name: 'Models', exact: true });
    await expect(row).toBeVisible();
    await expect(rows).not.toHaveAttribute('aria-busy');
    const release = await holdBack(page, /\/api\/models\?.*search=grok/);
    await page.getByLabel('Search models').fill('grok');
    await expect(rows).toHaveAttribute('aria-busy', 'true');
    await expect(rows.locator('tbody')).toHaveCSS('opacity', '0.5');
    await expect(row).toBeVisible();
    release();
    await expect(row).toBeHidden();
    await expect(rows).not.toHaveAttribute('aria-busy');
    await expect(rows.locator('tbody')).toHaveCSS('opacity', '1');
  });

  await test.step('what is typed and waits is dropped when somebody goes to another page', async () => {
    const release = await holdBack(page, /\/assets\/model-route-[^/]*\.js$/);
    await page.goto('/models?search=Watched');
    await expect(row).toBeVisible();
    await page.evaluate(typeAndFollow(slug));
    await expect(page).toHaveURL(new RegExp(`/models/${slug}$`));
    // Longer than the search waits for more letters.
    await page.waitForTimeout(400);
    release();
    await expect(page.getByRole('heading', { name: 'Watched model' })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/models/${slug}$`));
  });

  await test.step('a next page that does not come is told of, and is not asked for without end', async () => {
    let asked = 0;
    let isAway = true;
    await page.route(/\/api\/models\?limit=100/, async (route) => {
      if (new URL(route.request().url()).searchParams.has('cursor')) {
        if (!isAway) return route.fulfill({ json: { data: [], next_cursor: null } });
        asked += 1;
        return route.fulfill({ status: 400, json: { code: 'invalid_request', title: 'The list has changed.' } });
      }
      const response = await route.fetch();
      return route.fulfill({ response, json: { ...(await response.json()), next_cursor: 'more' } });
    });
    await page.goto('/models');
    await expect(page.getByRole('alert')).toContainText('The list has changed.');
    // As many questions as would be asked in the time of a few answers.
    await page.waitForTimeout(400);
    expect(asked).toBe(1);
    isAway = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert')).toBeHidden();
  });

  await test.step('Enter in the search of everything never opens what was found for the text before', async () => {
    await page.goto('/usage');
    await page.getByRole('button', { name: 'Search' }).first().click();
    const search = page.getByRole('combobox', { name: 'Search models, pipelines and pages' });
    await expect(page.getByRole('option', { name: /grok/i }).first()).toBeVisible();
    const release = await holdBack(page, /\/api\/models\?.*search=acme/);
    await search.fill('acme/models/watched');
    await search.press('Enter');
    await expect(page.getByText('Searching…')).toBeVisible();
    release();
    await expect(page.getByRole('option', { name: /^Watched model/ })).toBeVisible();
    await search.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/models/${slug}$`));
  });

  await test.step('Enter searches at once, and so does leaving the field', async () => {
    await page.clock.install();
    await page.goto('/models');
    const search = page.getByLabel('Search models');
    await expect(search).toBeVisible();
    await page.clock.pauseAt(Date.now() + 60_000);
    await search.fill('Watched');
    await search.press('Enter');
    await expect(page).toHaveURL(/search=Watched$/);
    await search.fill('Watched model');
    await search.press('Tab');
    await expect(page).toHaveURL(/search=Watched(\+|%20)model$/);
  });
});

function sumOf(texts: readonly string[], pattern: RegExp): number {
  return texts.reduce((sum, text) => sum + Number(pattern.exec(text)?.[1] ?? 0), 0);
}

/** Run in the page: a letter and a click within the same moment. */
function typeAndFollow(slug: string): string {
  return `(() => {
    const input = document.querySelector('input[type=search]');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'Watched m');
    input.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('a[href="/models/${slug}"]').click();
  })()`;
}
