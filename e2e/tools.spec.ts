import { startMcpServer, type TestMcpServer } from '@pipelines/workflows/testing';
import { holdBack } from './support/hold-back.ts';
import { expect, test } from './support/journey.ts';
import { openStepRun } from './support/open-step-run.ts';
import { noCapabilities, registerModel } from './support/register-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

const token = 'journey-token-0123456789';
let tinyLlm: SpawnedTinyLlm;
let mcp: TestMcpServer;
test.beforeAll(async () => {
  [tinyLlm, mcp] = await Promise.all([spawnTinyLlm(), startMcpServer({ token })]);
});
test.afterAll(async () => {
  await Promise.all([tinyLlm?.stop(), mcp?.close()]);
});

test('an MCP server is added, its tool is bound, called by the real tiny model, seen on the task, and missed when it is gone', async ({
  page,
  api,
}) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tinyLlm.url,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tinyLlm.apiKey },
  } as const;
  await registerModel(api, connection, { display_name: 'Calling tiny', capabilities: { ...noCapabilities, tool_use: true } });
  await registerModel(api, connection, { display_name: 'Silent tiny' });

  await test.step('add: a wrong token is named, the right one finds the tools', async () => {
    await page.goto('/tools');
    await page.getByRole('button', { name: 'Add tool endpoint' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add tool endpoint' });
    await dialog.getByLabel(/^Name/).fill('Sky');
    await dialog.getByLabel(/^Address/).fill(mcp.url);
    await dialog.getByLabel('Credential').click();
    await page.getByRole('option', { name: 'Bearer token' }).click();
    await dialog.getByLabel(/^Token/).fill('wrong-token');
    await dialog.getByRole('button', { name: 'Find tools' }).click();
    await expect(dialog.getByText('It did not accept the credential.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByLabel(/^Token/).fill(token);
    const look = await holdBack(page, /\/api\/tool-endpoints\/discoveries$/);
    await dialog.getByRole('button', { name: 'Find tools' }).click();
    // What is typed while it looks has not been looked at.
    await dialog.getByLabel(/^Address/).fill(`${mcp.url}/elsewhere`);
    look();
    await expect(dialog.getByText('Settings changed since the last look')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByLabel(/^Address/).fill(mcp.url);
    await dialog.getByRole('checkbox', { name: /^fail/ }).uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^Sky/ })).toBeVisible();
    await expect(page.getByRole('switch', { name: 'Offer fail to pipelines' })).not.toBeChecked();
    await expect(page.getByRole('main')).toContainText('jou…6789');
    await page.getByText('What it takes: city').click();
    await expect(page.getByText('Name of the city')).toBeVisible();
  });

  await test.step('bind: greyed and kept for a model without Tool use, back with one that has it', async () => {
    await page.goto('/workflows');
    await page.getByRole('button', { name: 'New pipeline' }).first().click();
    await page.getByLabel(/^Name/).fill('Ask the sky');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.locator('[data-step=start]').click();
    await page.getByRole('button', { name: 'Add LLM' }).click();
    const choose = async (model: string) => {
      await page.getByRole('combobox', { name: 'Model', exact: true }).click();
      await page.getByRole('option', { name: new RegExp(`^${model}`) }).click();
    };
    await choose('Calling tiny');
    await page.getByLabel(/^Prompt/).fill('weather {{input.text}}');
    const tools = page.getByRole('group', { name: 'Tools', exact: true });
    await tools.getByRole('checkbox', { name: /^Sky/ }).check();
    await tools.getByRole('radio', { name: 'Some' }).check();
    await tools.getByRole('checkbox', { name: /^alerts/ }).uncheck();
    await tools.getByLabel('Rounds of tools').fill('1');
    await choose('Silent tiny');
    await expect(tools).toContainText('Silent tiny does not have Tool use');
    await expect(tools.getByRole('checkbox', { name: /^Sky/ })).toBeDisabled();
    await expect(tools.getByRole('checkbox', { name: /^get_weather/ })).toBeChecked();
    await choose('Calling tiny');
    await expect(tools.getByRole('checkbox', { name: /^Sky/ })).toBeEnabled();
  });

  await test.step('try: each round shows what the model asks of its tools and what they answer, then the cost', async () => {
    await page.getByRole('button', { name: 'Try on samples' }).click();
    const trial = page.getByRole('region', { name: 'Try the step' });
    await trial.getByLabel('text').fill('Paris');
    await trial.getByRole('button', { name: 'Try it' }).click();
    const calls = trial.getByRole('region', { name: 'Tool calls' });
    await calls.getByText('get_weather').click();
    await expect(calls).toContainText('Sunny in Paris', { timeout: 30_000 });
    await expect(trial).toContainText('Finished in');
    expect(mcp.asked.splice(0)).toEqual([{ city: 'Paris' }]);
    await page.locator('[data-step=end]').click();
    await page.getByLabel('Value').fill('{{steps.llm.output}}');
    await expect(page.getByText('Nothing is wrong')).toBeVisible();
  });

  await test.step('run: the model calls the tool, and the task shows the call', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const run = page.getByRole('dialog', { name: /^Run/ });
    await run.getByLabel(/^text/).fill('Paris');
    await run.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('link', { name: 'Paris' }).click();
    await expect(page).toHaveURL(/\/tasks\//);
    await expect(page.getByRole('main')).toContainText('Finished', { timeout: 30_000 });
    await openStepRun(page, 'LLM');
    const calls = page.getByRole('region', { name: 'Tool calls' });
    await calls.getByText('get_weather').click();
    await expect(calls).toContainText('"city": "Paris"');
    await expect(calls).toContainText('Sunny in Paris');
    expect(mcp.asked).toEqual([{ city: 'Paris' }]);
  });

  await test.step('delete: says who uses it; the pipeline then says what is missing', async () => {
    await page.goto('/tools');
    await page.getByRole('link', { name: 'Sky', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Used by' })).toContainText('Ask the sky');
    await page.getByRole('button', { name: 'Delete tool endpoint' }).click();
    const warning = page.getByRole('alertdialog');
    await expect(warning).toContainText('1 active workflow uses it');
    await expect(warning).toContainText('Ask the sky (llm)');
    await warning.getByRole('button', { name: 'Delete tool endpoint' }).click();
    await expect(page).toHaveURL(/\/tools$/);
    await page.goto('/workflows');
    await page.getByRole('link', { name: 'Ask the sky' }).click();
    await expect(page.getByRole('status').filter({ hasText: '1 problem' })).toBeVisible();
  });
});
