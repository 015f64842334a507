import type { Attempt } from '@pipelines/contracts';
import { expect, test } from './support/journey.ts';
import { noCapabilities, registerModel } from './support/register-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';
import { providerKeys } from './support/start-providers.ts';

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  // Slow enough to be seen half-way, and stopped, on a busy machine too.
  tinyLlm = await spawnTinyLlm({ delayMs: 350 });
});
test.afterAll(() => tinyLlm?.stop());

test('talking to the real tiny model: the answer comes in pieces, can be stopped, and is counted', async ({ page, api }) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tinyLlm.url,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tinyLlm.apiKey },
  } as const;
  const prices = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  const { slug } = await registerModel(api, connection, { display_name: 'Playground tiny', ...prices });
  await page.goto(`/models/${slug}`);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveText('Playground tiny');
  const answers = page.getByRole('article', { name: 'Answer' });
  const canceled = async () => (await api<{ data: Attempt[] }>('GET', `/api/attempts?slug=${slug}&status=canceled`)).data;

  await test.step('the answer appears while it is written, then tells its tokens and its exact cost', async () => {
    await page.getByLabel('Message').fill('Count to 6');
    await page.keyboard.press('Enter');
    await expect(answers).toContainText(/^1 2/);
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await expect(answers).not.toContainText('6');
    await expect(answers).toContainText('1 2 3 4 5 6');
    await expect(answers).toContainText('29 + 11 tokens · $0.000051');
  });

  await test.step('Stop cancels the call at the provider too: the model is free for the next question', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Message').fill('Count to 12');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(answers).toContainText('1 2');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(answers).toContainText('Stopped');
    await expect
      .poll(canceled)
      .toMatchObject([{ source: 'playground', stream: true, cause: 'canceled', member: { name: expect.any(String) } }]);
  });

  await test.step('Clear ends the answer too: the next question need not wait for it', async () => {
    // With the half answer before it, this model would say no more than that once more.
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Message').fill('Count to 12');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(answers).toContainText('1 2');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(answers).toHaveCount(0);
    await expect.poll(async () => (await canceled()).length).toBe(2);
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  });

  await test.step('a control that the model does not take says why', async () => {
    const jsonAnswer = page.getByRole('switch', { name: 'JSON answer' });
    await expect(jsonAnswer).toHaveAttribute('aria-disabled', 'true');
    // Found by keyboard, and switched by nothing.
    await jsonAnswer.press('Space');
    await expect(jsonAnswer).toBeFocused();
    await expect(jsonAnswer).not.toBeChecked();
    await expect(jsonAnswer).toHaveAccessibleDescription('This model does not have JSON mode.');
    await expect(page.getByRole('button', { name: 'Image' })).toHaveAccessibleDescription('Playground tiny does not have Vision.');
    await expect(page.getByLabel('Reasoning effort')).toBeHidden();
  });
});

test('a thinking model: its effort is chosen, and its thoughts stand apart from the answer', async ({ page, api, providers }) => {
  const connection = {
    provider: 'fireworks',
    auth_kind: 'api_key',
    provider_model_id: 'accounts/acme/models/thinker',
    credential: { api_key: providerKeys.fireworks },
  } as const;
  const thinking = { capabilities: { ...noCapabilities, json_mode: true, reasoning: true }, reasoning_parameter: 'effort' } as const;
  const { slug } = await registerModel(api, connection, { display_name: 'Playground thinker', ...thinking });
  await page.goto(`/playground?model=${slug}`);
  await page.getByRole('combobox', { name: 'Reasoning effort' }).click();
  await page.getByRole('option', { name: 'High' }).click();
  await page.getByRole('switch', { name: 'JSON answer' }).click();
  await page.getByLabel('Message').fill('What is the meaning?');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('article', { name: 'Answer' });
  await expect(answer).toContainText('{"ok":true}');
  await expect(answer).toContainText('cost unknown');
  await answer.getByText('Thinking').click();
  await expect(answer.getByText('Let me think about that.')).toBeVisible();
  expect(providers.fireworks.requests.at(-1)?.body).toMatchObject({
    stream: true,
    reasoning_effort: 'high',
    response_format: { type: 'json_object' },
  });
});
