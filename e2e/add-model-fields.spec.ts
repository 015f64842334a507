import { addModelDialog } from './support/add-model-dialog.ts';
import { expect, test } from './support/journey.ts';
import { providerKeys } from './support/start-providers.ts';

const besideConnection = ['Provider model ID *', 'Display name *', 'Max tokens', 'Input $ per 1M', 'Output $ per 1M'];
const connectionFields: Readonly<Record<string, readonly string[]>> = {
  Fireworks: ['API key *'],
  'Together AI': ['API key *'],
  OpenAI: ['API key *'],
  Anthropic: ['API key *'],
  Google: ['Gemini API key *'],
  OpenRouter: ['API key *'],
  HuggingFace: ['Inference Endpoint URL *', 'API token *'],
  'OpenAI-compatible': ['Base URL *', 'API key'],
  Bedrock: ['AWS region *', 'Access Key ID *', 'Secret Access Key *', 'Session token'],
};

test('each provider asks for exactly its fields, and what was typed is neither lost nor sent elsewhere', async ({ page, providers }) => {
  const add = addModelDialog(page);
  await add.open();

  await test.step('the fields of each provider', async () => {
    for (const [provider, labels] of Object.entries(connectionFields)) {
      await add.choice(provider).click();
      expect(await add.labels(), provider).toEqual([...labels, ...besideConnection]);
    }
    await add.choice('Bedrock API key').click();
    expect(await add.labels()).toEqual(['AWS region *', 'Bedrock API key *', ...besideConnection]);
  });

  await test.step('coming back to a provider restores what was typed for it', async () => {
    await add.choice('Together AI').click();
    await add.fill({ 'API key': 'never-to-be-sent', 'Provider model ID': 'org/other-model' });
    await add.choice('Fireworks').click();
    await expect(add.field('API key')).toHaveValue('');
    await add.fill({ 'API key': providerKeys.fireworks, 'Provider model ID': 'accounts/acme/models/llama-ft-v2' });
    await add.choice('Together AI').click();
    await expect(add.field('API key')).toHaveValue('never-to-be-sent');
    await expect(add.field('Provider model ID')).toHaveValue('org/other-model');
    await add.choice('Fireworks').click();
    await expect(add.field('API key')).toHaveValue(providerKeys.fireworks);
  });

  await test.step('hidden fields are not sent, and no secret stays in the browser', async () => {
    const sent = page.waitForRequest('**/api/connection-tests');
    const seenBefore = providers.together.requests.length;
    await add.testAndPass();
    expect((await sent).postDataJSON()).toEqual({
      provider: 'fireworks',
      auth_kind: 'api_key',
      provider_model_id: 'accounts/acme/models/llama-ft-v2',
      credential: { api_key: providerKeys.fireworks },
    });
    expect(providers.together.requests.length).toBe(seenBefore);
    const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])');
    expect(stored).not.toContain(providerKeys.fireworks);
  });
});

test('the switches and prices: a shape for thinking, and a question about a price of a million times too much', async ({ page, api }) => {
  const add = addModelDialog(page);
  await add.open();
  await add.fill({
    'API key': providerKeys.fireworks,
    'Provider model ID': 'accounts/acme/models/thinker',
    'Display name': 'Field thinker',
  });
  await add.testAndPass();

  await test.step('thinking needs a shape; without thinking there is none', async () => {
    await expect(add.choice('reasoning.effort')).toBeHidden();
    await add.toggle('Extended reasoning');
    await add.save.click();
    await expect(add.dialog.getByText('Choose how thinking is asked for')).toBeVisible();
    await add.toggle('Extended reasoning');
    await expect(add.choice('reasoning.effort')).toBeHidden();
    await add.toggle('Extended reasoning');
    await add.choice('reasoning.max_tokens').click();
  });

  await test.step('a price of over $1,000 asks which unit was meant', async () => {
    await add.fill({ 'Input $ per 1M': '0.0025', 'Output $ per 1M': '2500' });
    await expect(add.dialog.getByText('Output $ per 1M: per token or per million?')).toBeVisible();
    await add.button('Keep $2,500.00 per 1M').click();
    await expect(add.dialog.getByText('per token or per million?')).toBeHidden();
    await add.fill({ 'Output $ per 1M': 'much' });
    await add.save.click();
    await expect(add.field('Output $ per 1M')).toBeFocused();
    await add.fill({ 'Output $ per 1M': '1.10' });
  });

  await add.saveAndClose();
  expect(await api('GET', '/api/models/field-thinker')).toMatchObject({
    reasoning_parameter: 'max_tokens',
    capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: true },
    input_cost_per_token: '0.0000000025',
    output_cost_per_token: '0.0000011',
    price_source: 'manual',
  });
});

test('the keyboard alone: from the list to a saved model, and leaving asks first', async ({ page }) => {
  const add = addModelDialog(page);
  await page.goto('/models');
  await page.getByRole('button', { name: 'Add custom model' }).focus();
  await page.keyboard.press('Enter');
  await expect(add.choice('Fireworks')).toBeVisible();

  await test.step('errors move the focus to the first field that is wrong', async () => {
    await add.button('Test connection').focus();
    await page.keyboard.press('Enter');
    await expect(add.field('API key')).toBeFocused();
    await expect(add.field('API key')).toHaveAccessibleDescription(/Enter the API key/);
  });

  await test.step('leaving with typed content asks first', async () => {
    await page.keyboard.type('half-typed');
    await page.keyboard.press('Escape');
    const question = page.getByRole('alertdialog', { name: 'Discard this model?' });
    await expect(question).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(add.field('API key')).toHaveValue('half-typed');
  });

  await test.step('choosing, typing, testing and saving without a pointer', async () => {
    await add.choice('Fireworks').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await expect(add.choice('Fireworks')).toBeChecked();
    await tabTo(add.field('API key'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(providerKeys.fireworks);
    await tabTo(add.field('Provider model ID'));
    await page.keyboard.type('accounts/acme/models/keys-only');
    await tabTo(add.field('Display name'));
    await page.keyboard.type('Keys Only');
    await tabTo(add.dialog.getByRole('switch', { name: 'JSON mode' }));
    await page.keyboard.press('Space');
    await tabTo(add.button('Test connection'));
    await page.keyboard.press('Enter');
    const announced = add.dialog.locator('[aria-live=polite]', { hasText: /^Connected in / });
    await expect(announced).toBeVisible();
    await tabTo(add.save);
    await page.keyboard.press('Enter');
    await expect(add.dialog).toBeHidden();
    await expect(page.getByRole('link', { name: 'Keys Only' })).toBeVisible();
  });

  async function tabTo(target: ReturnType<typeof add.field>): Promise<void> {
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element.matches(':focus'))) return;
    }
    throw new Error(`Thirty tabs do not lead to ${target}.`);
  }
});
