import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Budget } from '@pipelines/contracts';
import { beginWithinAMinute } from './support/begin-within-a-minute.ts';
import { type ErrorAnswer, postChat } from './support/chat-call.ts';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Takes whatever is posted to it. */
async function startReceiver(): Promise<{ readonly url: string; readonly received: readonly Received[]; close(): void }> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`, received, close: () => void server.close() };
}

test('an admin limits a key and gives it a budget, sees both used up, and is told by a signed webhook', async ({ page, api, product }) => {
  test.setTimeout(120_000);
  const connection = { provider: 'fireworks', auth_kind: 'api_key', provider_model_id: 'accounts/acme/models/budgeted' } as const;
  const settings = { display_name: 'Budgeted model', input_cost_per_token: '0.000001', output_cost_per_token: '0.001' };
  const { slug } = await registerModel(api, { ...connection, credential: { api_key: providerKeys.fireworks } }, settings);
  const { id, key } = await api<{ id: string; key: string }>('POST', '/api/api-keys', { name: 'Budgeted key', role: 'inference' });
  const call = () => postChat(product, key, { model: slug, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 50 });
  const budget = async () => (await api<{ data: Budget[] }>('GET', `/api/budgets?subject_type=api_key&subject_id=${id}`)).data[0];
  const receiver = await startReceiver();

  const secret = await test.step('a webhook is added, its secret shown once, and tested', async () => {
    await page.goto('/settings?tab=webhooks');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await page.getByRole('dialog').getByLabel('Address').fill(receiver.url);
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    const shown = await page.getByRole('dialog').getByLabel('Signing secret').inputValue();
    expect(shown).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await page.content()).not.toContain(shown);
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect(page.getByRole('row', { name: /Test.*Delivered/ })).toContainText('The address took it with status 204.');
    return shown;
  });

  await test.step('limit and budget are set where the key is', async () => {
    await page.goto('/api-keys');
    await page.getByRole('button', { name: 'Limits of Budgeted key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits and budgets of Budgeted key' });
    const save = await holdBack(page, /\/api\/call-limits$/, 'PUT');
    await dialog.getByRole('textbox', { name: 'Calls at a time' }).fill('200000');
    await dialog.getByRole('textbox', { name: 'Calls a minute' }).fill('2');
    await dialog.getByRole('textbox', { name: 'Calls a minute' }).press('Enter');
    // What is typed while it is saved is neither saved nor lost.
    await dialog.getByRole('textbox', { name: 'Tokens a minute' }).fill('9000000000');
    save();
    await expect(dialog.getByText('0 of 2 in the last minute')).toBeVisible();
    await expect(dialog.getByText('0 of 100,000 out right now')).toBeVisible();
    await expect(dialog.getByRole('textbox', { name: 'Tokens a minute' })).toHaveValue('9000000000');
    await expect(dialog.getByRole('button', { name: 'Save limits' })).not.toHaveAttribute('aria-busy');
    // Enter saves what is seen, also where it was more than may be.
    await dialog.getByRole('textbox', { name: 'Tokens a minute' }).press('Enter');
    await expect(dialog.getByRole('textbox', { name: 'Tokens a minute' })).toHaveValue('1000000000');
    await expect(dialog.getByText('0 of 1,000,000,000 in the last minute')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Tokens a minute' }).fill('');
    await dialog.getByRole('textbox', { name: 'Calls at a time' }).fill('');
    await dialog.getByRole('button', { name: 'Save limits' }).click();
    await expect(dialog.getByText('out right now')).toBeHidden();
    await dialog.getByRole('button', { name: 'Add budget' }).click();
    await dialog.getByLabel('Amount in USD').fill('20');
    await dialog.getByRole('button', { name: 'Save budget' }).click();
    await expect(dialog.getByText('$0.00 of $20.00')).toBeVisible();
  });

  await test.step('the third call in a minute is refused, and the page shows why', async () => {
    await beginWithinAMinute(5_000);
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    const refused = await call();
    const { error } = (await refused.json()) as ErrorAnswer;
    expect([refused.status, error.type, error.code]).toEqual([429, 'rate_limit_error', 'rate_limited']);
    expect(error.message).toContain('The API key "Budgeted key" may make 2 calls a minute');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // At the turn of a minute the calls of the one before begin to fade.
    await expect(page.getByText(/[12] of 2 in the last minute/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Calls a minute' }).fill('');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await expect(page.getByText('in the last minute')).toBeHidden();
  });

  await test.step('used up, it refuses, tells everybody on the page, and the webhook', async () => {
    await expect.poll(async () => Number((await budget())?.spent)).toBeGreaterThan(0);
    const spent = (await budget())?.spent ?? '';
    await page.getByRole('button', { name: 'Edit: A month' }).click();
    await page.getByLabel('Amount in USD').fill(Number(spent).toFixed(6));
    await page.getByRole('button', { name: 'Save budget' }).click();
    // It is noticed within two seconds, and the page looks every five.
    const row = page.getByRole('dialog').getByRole('list', { name: 'Budgets' });
    await expect(row.getByText('Used up', { exact: true })).toBeVisible({ timeout: 20_000 });
    const refused = await call();
    const { error } = (await refused.json()) as ErrorAnswer;
    expect([refused.status, error.type, error.code]).toEqual([402, 'insufficient_quota', 'budget_exceeded']);
    expect(error.message).toContain('Ask an admin to raise the budget under API keys.');
    await page.goto('/models');
    await expect(page.getByText('A budget is used up, and its calls are refused')).toBeVisible();
    await expect.poll(() => receiver.received.map(({ body }) => JSON.parse(body).budget?.threshold)).toContain(100);
    const message = receiver.received.find(({ body }) => body.includes('"threshold":100'));
    const signed = `${message?.headers['webhook-id']}.${message?.headers['webhook-timestamp']}.${message?.body}`;
    const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(signed)
      .digest('base64');
    expect(message?.headers['webhook-signature']).toBe(`v1,${signature}`);
  });

  await test.step('raised, it lets calls through again', async () => {
    const id = (await budget())?.id;
    await api('PATCH', `/api/budgets/${id}`, { amount: '50' });
    expect((await call()).status).toBe(200);
    await api('DELETE', `/api/budgets/${id}`);
  });

  await test.step('the model and the organization have theirs', async () => {
    await page.goto(`/models/${slug}`);
    await expect(page.getByText('A budget is used up, and its calls are refused')).toBeHidden();
    await expect(page.getByRole('region', { name: 'Limits and budgets' }).getByRole('textbox', { name: 'Tokens a minute' })).toBeVisible();
    await page.goto('/settings');
    await expect(page.getByRole('region', { name: 'Limits and budgets' }).getByRole('textbox', { name: 'Calls at a time' })).toBeVisible();
  });
  receiver.close();
});
