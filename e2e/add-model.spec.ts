import type { ConnectionTest } from '@pipelines/contracts';
import { addModelDialog } from './support/add-model-dialog.ts';
import { expect, programTest, test } from './support/journey.ts';
import { noCapabilities } from './support/register-model.ts';
import { profileOnlyModel, providerKeys, togetherModel } from './support/start-providers.ts';

const untested = 'Run a successful test to enable Save.';
const changed = 'Settings changed since the last test. Test the connection again.';

test('Save opens with a passed test of exactly these connection fields, and closes when one changes', async ({ page, providers }) => {
  const add = addModelDialog(page);
  await add.open();
  await add.expectSaveClosed(untested);
  await add.choice('OpenAI-compatible').click();
  await add.fill({ 'Base URL': providers.vllm.baseUrl, 'API key': providerKeys.vllm, 'Provider model ID': 'qwen3-32b' });
  await add.expectSaveClosed(untested);
  await add.testAndPass();
  await add.expectSaveOpen();

  await test.step('what a test does not prove may change', async () => {
    await add.fill({ 'Display name': 'Cellar Qwen', 'Input $ per 1M': '0.20', 'Output $ per 1M': '0.60', 'Max tokens': '2048' });
    await add.toggle('Tool use');
    await add.expectSaveOpen();
  });

  await test.step('key, model ID, URL and provider may not; putting them back brings the pass back', async () => {
    for (const [label, value] of Object.entries({
      'API key': 'another',
      'Provider model ID': 'another',
      'Base URL': 'https://another.example/v1',
    })) {
      const before = await add.field(label).inputValue();
      await add.fill({ [label]: value });
      await add.expectSaveClosed(changed);
      await expect(add.dialog.getByText('Settings changed since the last test', { exact: true })).toBeVisible();
      await add.fill({ [label]: before });
      await add.expectSaveOpen();
    }
    await add.choice('OpenAI').click();
    await add.expectSaveClosed(changed);
    await add.choice('OpenAI-compatible').click();
    await add.expectSaveOpen();
  });

  await test.step('the slug follows the name, and a second model of the name gets the next one', async () => {
    await expect(add.field('Display name')).toHaveAccessibleDescription('Slug: cellar-qwen');
    await add.saveAndClose();
    await expect(page.getByRole('row', { name: /Cellar Qwen/ })).toContainText('Ready');
    await add.open();
    await add.fill({ 'Display name': '  Cellar  QWEN! ' });
    await expect(add.field('Display name')).toHaveAccessibleDescription('Slug: cellar-qwen-2');
    await add.fill({ 'Display name': 'Cellär Qwen 14b' });
    await expect(add.field('Display name')).toHaveAccessibleDescription('Slug: cellar-qwen-14b');
  });
});

test('a failed test names the cause and the way out, and applies it where it is mechanical', async ({ page, providers }) => {
  const add = addModelDialog(page);
  await add.open();

  await test.step('a wrong key', async () => {
    await add.fill({ 'API key': 'fw_wrong_key_0000', 'Provider model ID': 'accounts/acme/models/llama-ft-v2' });
    await add.test();
    await expect(add.dialog.getByText('Fireworks rejected the key.')).toBeVisible();
    await expect(add.dialog.getByText(/Copy the key again from the provider/)).toBeVisible();
    await add.expectSaveClosed('The connection test failed. Repair the connection and test it again.');
    await expect(add.dialog).not.toContainText('fw_wrong_key_0000');
  });

  await test.step('a mistyped model ID: the nearest one is offered', async () => {
    await add.choice('OpenAI-compatible').click();
    await add.fill({ 'Base URL': providers.vllm.baseUrl, 'API key': providerKeys.vllm, 'Provider model ID': 'lama-3.3-70b-instruct' });
    await add.test();
    await expect(add.dialog.getByText(/has no model lama-3.3-70b-instruct/)).toBeVisible();
    await add.button('Use llama-3.3-70b-instruct').click();
    await expect(add.dialog.getByText(/^Connected in /)).toBeVisible();
    await expect(add.field('Provider model ID')).toHaveValue('llama-3.3-70b-instruct');
  });

  await test.step('a base URL without /v1', async () => {
    await add.fill({ 'Base URL': providers.vllm.origin });
    await add.test();
    await add.button('Add /v1').click();
    await expect(add.dialog.getByText(/^Connected in /)).toBeVisible();
    await expect(add.field('Base URL')).toHaveValue(providers.vllm.baseUrl);
  });

  await test.step('nothing listens there', async () => {
    await add.fill({ 'Base URL': 'http://127.0.0.1:9/v1' });
    await add.test();
    await expect(add.dialog.getByText(/Nothing listens at http:\/\/127\.0\.0\.1:9\/v1/)).toBeVisible();
  });

  await test.step('a page that is no chat API', async () => {
    providers.vllm.answerOnce({ status: 200, body: '<html>Welcome</html>' });
    await add.fill({ 'Base URL': providers.vllm.baseUrl });
    await add.test();
    await expect(add.dialog.getByText(/answered with a web page, not with a chat API/)).toBeVisible();
    await expect(add.dialog).not.toContainText('Welcome');
  });

  await test.step('a paused endpoint of HuggingFace', async () => {
    providers.huggingface.setState('paused');
    await add.choice('HuggingFace').click();
    await add.fill({
      'Inference Endpoint URL': providers.huggingface.origin,
      'API token': providerKeys.huggingface,
      'Provider model ID': 'meta-llama/Llama-3.1-8B-Instruct',
    });
    await add.test();
    await expect(add.dialog.getByText('The endpoint is paused.')).toBeVisible();
    providers.huggingface.setState('running');
  });

  await test.step('a Bedrock model that is called through an inference profile', async () => {
    await add.choice('Bedrock').click();
    await add.fill({
      'AWS region': 'us-east-1',
      'Access Key ID': providerKeys.iam.accessKeyId,
      'Secret Access Key': providerKeys.iam.secretAccessKey,
      'Provider model ID': profileOnlyModel,
    });
    await add.test();
    await add.button(`Use us.${profileOnlyModel}`).click();
    await expect(add.dialog.getByText(/^Connected in /)).toBeVisible();
    await add.expectSaveOpen();
    await add.fill({ 'AWS region': 'eu-central-1' });
    await add.expectSaveClosed(changed);
    await add.test();
    await expect(add.dialog.getByText(/does not belong to the region eu-central-1/)).toBeVisible();
  });

  await test.step('a test that takes long is canceled at the provider too', async () => {
    providers.vllm.answerOnce({ hang: 'headers' });
    const seen = providers.vllm.requests.length;
    await add.choice('OpenAI-compatible').click();
    await add.fill({ 'Base URL': providers.vllm.baseUrl });
    await add.test();
    await expect(add.dialog.getByText('Testing the connection…')).toBeVisible();
    await expect.poll(() => providers.vllm.requests.slice(seen).some(({ path }) => path.endsWith('/chat/completions'))).toBe(true);
    const hungUp = providers.vllm.waitForAbort(20_000);
    await add.button('Cancel test').click();
    await hungUp;
    await add.expectSaveClosed(untested);
  });
});

test('saved credentials are reused without the secret, and known prices fill only blank fields', async ({ page, api }) => {
  const add = addModelDialog(page);
  await add.open();
  await add.choice('Together AI').click();
  await add.fill({ 'API key': providerKeys.together });

  await test.step('the provider offers its own models', async () => {
    await add.field('Provider model ID').click();
    await add.field('Provider model ID').pressSequentially('meta-llama/');
    await page.getByRole('option', { name: togetherModel }).click();
    await expect(add.field('Provider model ID')).toHaveValue(togetherModel);
  });

  await test.step('a known price fills the blank field and says where it is from; what was typed stays', async () => {
    await add.fill({ 'Display name': 'Together first', 'Output $ per 1M': '0.90' });
    await add.testAndPass();
    await expect(add.field('Input $ per 1M')).toHaveValue('0.88');
    await expect(add.field('Input $ per 1M')).toHaveAccessibleDescription(/^Suggested by the provider's list, \d{4}-\d\d-\d\d$/);
    await expect(add.field('Output $ per 1M')).toHaveValue('0.90');
    await expect(add.field('Output $ per 1M')).toHaveAccessibleDescription('Blank: cost stays unknown');
    await add.saveAndClose();
  });

  await test.step('the second model of the account is tested and saved without the key', async () => {
    await add.open();
    await add.choice('Together AI').click();
    await add.fill({ 'API key': providerKeys.together, 'Provider model ID': togetherModel, 'Display name': 'Together second' });
    await add.testAndPass();
    await expect(add.dialog.getByText('These credentials are saved already')).toBeVisible();
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await add.button('Reuse saved credentials').click();
    await expect(add.field('API key')).toBeHidden();
    await expect(add.dialog.getByText(/^Connected in /)).toBeVisible();
    await add.saveAndClose();
    expect(bodies.filter((body) => body.includes('connection_test_id'))).toHaveLength(1);
    expect(bodies.join()).not.toContain(providerKeys.together);
  });

  const [first, second] = await Promise.all(
    ['together-first', 'together-second'].map((slug) => api<{ credential: { id: string; preview: string } }>('GET', `/api/models/${slug}`)),
  );
  expect(second?.credential.id).toBe(first?.credential.id);
  expect(first?.credential.preview).not.toContain('Journey');
});

programTest('the server refuses what the page would not send: a save without its own passed test', async ({ api, product, providers }) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: providers.vllm.baseUrl,
    provider_model_id: 'qwen3-32b',
    credential: { api_key: providerKeys.vllm },
  };
  const settings = { display_name: 'Sneaked in', capabilities: noCapabilities };
  const passed = await api<ConnectionTest>('POST', '/api/connection-tests', connection);
  const failed = await api<ConnectionTest>('POST', '/api/connection-tests', { ...connection, provider_model_id: 'no-such-model' });
  expect([passed.passed, failed.passed]).toEqual([true, false]);

  const save = async (body: object) => {
    const response = await fetch(`${product.url}/api/models`, {
      method: 'POST',
      headers: { authorization: `Bearer ${product.admin.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...connection, ...settings, ...body }),
    });
    return [response.status, ((await response.json()) as { code?: string }).code];
  };
  const refused = [422, 'connection_test_required'];
  expect(await save({ connection_test_id: 'made-up' })).toEqual(refused);
  expect(await save({ connection_test_id: failed.id, provider_model_id: 'no-such-model' })).toEqual(refused);
  expect(await save({ connection_test_id: passed.id, provider_model_id: 'llama-3.3-70b-instruct' })).toEqual(refused);
  expect(await save({ connection_test_id: passed.id, base_url: 'http://127.0.0.1:9/v1' })).toEqual(refused);
  expect(await save({ connection_test_id: passed.id, credential: { api_key: 'another' } })).toEqual(refused);
  expect(await save({})).toEqual([400, 'invalid_request']);
  expect((await save({ connection_test_id: passed.id }))[0]).toBe(201);
  expect(await save({ connection_test_id: passed.id, display_name: 'Once more' })).toEqual(refused);
});
