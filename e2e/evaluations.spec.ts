import type { Workflow, WorkflowVersion } from '@pipelines/contracts';
import { findOverflow } from './support/find-overflow.ts';
import { findViolations } from './support/find-violations.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';
import { providerKeys } from './support/start-providers.ts';

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  tinyLlm = await spawnTinyLlm();
});
test.afterAll(() => tinyLlm?.stop());

const words = ['tiger', 'lemon', 'river', 'apple'];

/** start → ask → end: gives a word back, on the model. */
function repeating(model: string) {
  const position = { x: 0, y: 0 };
  const llm = {
    ...{ model, fallback_model: null, system_prompt: '', user_prompt: 'Repeat: {{input.text}}', temperature: null, max_tokens: null },
    ...{ tools: [], max_tool_rounds: 5, reasoning: { effort: null, max_tokens: null }, output: { type: 'text' }, images: [] },
    ...{ retries: 2, timeout_seconds: 60 },
  };
  const fields = [{ name: 'text', type: 'text', required: true, description: '' }];
  return {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position, config: { fields } },
      { kind: 'llm', name: 'ask', title: 'Ask', position, config: llm },
      { kind: 'end', name: 'end', title: 'End', position, config: { mapping: [{ name: 'word', value: '{{steps.ask.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'end' },
    ],
  };
}

test('two models are compared on a CSV, the better one is seen on the chart and row by row, and taken into the draft', async ({
  page,
  api,
  providers,
}) => {
  const prices = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  const compatible = { provider: 'openai-compatible', auth_kind: 'api_key' } as const;
  const echo = await registerModel(
    api,
    { ...compatible, base_url: providers.vllm.baseUrl, provider_model_id: 'qwen3-32b', credential: { api_key: providerKeys.vllm } },
    { display_name: 'Echo', ...prices },
  );
  const tiny = await registerModel(
    api,
    { ...compatible, base_url: tinyLlm.url, provider_model_id: 'tiny-chat', credential: { api_key: tinyLlm.apiKey } },
    { display_name: 'Tiny repeater', ...prices },
  );
  const workflow = await api<Workflow>('POST', '/api/workflows', { name: 'Words to compare', graph: repeating(echo.slug) });
  await api('POST', `/api/workflows/${workflow.id}/publish`, { revision: workflow.revision });

  await test.step('put together: a pipeline, a CSV, two candidates, a check', async () => {
    await page.goto('/evaluations');
    await page.getByRole('button', { name: 'New evaluation' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New evaluation' });
    await dialog.getByLabel(/^Name/).first().fill('Who repeats best');
    await dialog.getByLabel(/^Pipeline/).click();
    await page.getByRole('option', { name: /^Words to compare/ }).click();
    await dialog.getByRole('button', { name: 'New dataset' }).click();
    const dataset = page.getByRole('dialog', { name: 'New dataset' });
    const csv = ['text,expected.word', ...words.map((word) => `${word},${word}`)].join('\n');
    await dataset.locator('input[type=file]').setInputFiles({ name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await dataset.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByLabel(/^Dataset/)).toContainText('words');
    await dialog
      .getByRole('group', { name: 'Candidate 2' })
      .getByLabel(/^Model/)
      .click();
    await page.getByRole('option', { name: /^Tiny repeater/ }).click();
    await dialog.getByRole('button', { name: 'Exact' }).click();
    await expect(dialog.getByLabel('Looks at')).toHaveValue('{{output.word}}');
    await expect(dialog.getByLabel(/^Expected/)).toHaveValue('{{expected.word}}');
    await dialog.getByRole('button', { name: 'JSON schema' }).click();
    await expect(dialog.getByLabel('JSON schema of the output')).toHaveText(/"type": "object"/);
    await dialog
      .getByRole('button', { name: /^Remove check/ })
      .last()
      .click();
    await dialog.getByRole('button', { name: 'Run' }).click();
  });

  await test.step('the result tells them apart: in the table, on the chart, row by row', async () => {
    await expect(page).toHaveURL(/\/evaluations\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('banner').or(page.getByRole('main')).getByText('Finished').first()).toBeVisible({ timeout: 30_000 });
    const candidates = page.getByRole('table', { name: 'Candidates' });
    await expect(candidates.getByRole('row', { name: /Tiny repeater/ })).toContainText('100 %');
    await expect(candidates.getByRole('row', { name: /Tiny repeater/ })).toContainText('best');
    await expect(candidates.getByRole('row', { name: /As published/ })).toContainText('4 failed');
    await expect(page.getByRole('img', { name: /Tiny repeater: 100 % at \$0\.0/ })).toBeVisible();
    await page.getByRole('radio', { name: 'Latency' }).click();
    await expect(page.getByRole('img', { name: /Latency of a task, median.*As published: 0 %/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('4 won, 0 lost, 0 tied');
    await page.getByRole('radio', { name: 'Where they differ' }).click();
    await expect(page).toHaveURL(/filter=differ/);
    await page.getByRole('button', { name: 'Row 1 in full' }).click();
    await page.getByRole('switch', { name: /what differs/ }).click();
    await expect(page.locator('del')).toHaveText(['You said: Repeat: ']);
    expect(await findViolations(page)).toEqual([]);
    expect(await findOverflow(page, 'evaluation')).toEqual([]);
  });

  await test.step('the winner goes into the draft; what is published stays', async () => {
    await page.getByRole('button', { name: 'Use Tiny repeater' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Open the draft' }).click();
    await expect(page).toHaveURL(new RegExp(`/workflows/${workflow.id}$`));
    await expect(page.locator('[data-step=ask]')).toContainText('Tiny repeater');
    const after = await api<Workflow>('GET', `/api/workflows/${workflow.id}`);
    expect(after).toMatchObject({ has_changes: true, published_version: 1, draft: repeating(tiny.slug) });
    const { data } = await api<{ data: WorkflowVersion[] }>('GET', `/api/workflows/${workflow.id}/versions`);
    expect(data).toHaveLength(1);
  });
});
