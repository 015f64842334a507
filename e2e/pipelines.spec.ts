import type { Batch, Model, Task } from '@pipelines/contracts';
import type { Locator } from '@playwright/test';
import { builder, savedDraft, tabTo } from './support/builder.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  tinyLlm = await spawnTinyLlm();
});
test.afterAll(() => tinyLlm?.stop());

const words = ['tiger', 'river', 'apple', 'stone', 'green'];
/** 200 rows; one of them is looked at by a person. */
const csv = ['text', ...Array.from({ length: 199 }, (_, row) => words[row % words.length]), 'lemon'].join('\n');

test.describe.configure({ mode: 'serial' });
let tiny: Model;
let spare: Model;
let workflowId: string;

test('a pipeline is built and published by keyboard, runs 200 rows on the real tiny model, and is reviewed', async ({ page, api }) => {
  // 200 calls of a model on one thread, beside the browser.
  test.setTimeout(180_000);
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tinyLlm.url,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tinyLlm.apiKey },
  } as const;
  const prices = { max_tokens: 64, input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  tiny = await registerModel(api, connection, { display_name: 'Keyboard tiny', ...prices });
  spare = await registerModel(api, connection, { display_name: 'Spare tiny', ...prices });
  const screen = builder(page);
  const { settings, card } = screen;
  const { keyboard } = page;
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await keyboard.press(key);
  };
  const pressDownTo = async (option: Locator) => {
    await expect(option).toBeVisible();
    for (let moves = 0; moves < 6 && (await option.getAttribute('data-highlighted')) === null; moves += 1) await press('ArrowDown');
    await expect(option).toHaveAttribute('data-highlighted');
  };

  await test.step('build by keyboard alone', async () => {
    await page.goto('/workflows');
    await tabTo(page, page.getByRole('button', { name: 'New pipeline' }).first());
    await press('Enter');
    await expect(page.getByLabel(/^Name/)).toBeFocused();
    await keyboard.type('Repeat words');
    await press('Enter');

    await tabTo(page, card('start'));
    await press('Enter');
    await expect(page.locator('[data-settings]:focus-within')).toBeVisible();
    await press('Escape');
    await expect(card('start')).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Add LLM' }));
    await press('Enter');
    await expect(card('llm')).toBeFocused();
    await press('Enter');
    await expect(settings.getByRole('combobox', { name: /^Model/ })).toBeFocused();
    await press('Enter');
    await expect(page.getByRole('combobox', { name: 'Search models' })).toBeFocused();
    await keyboard.type('Keyboard');
    await pressDownTo(page.getByRole('option', { name: /^Keyboard tiny/ }));
    await press('Enter');
    await expect(settings.getByRole('combobox', { name: /^Model/ })).toContainText('Keyboard tiny');
    await tabTo(page, settings.getByLabel(/^Prompt/));
    await keyboard.type('Repeat: {{te');
    await press('Enter');
    await expect(settings.getByLabel(/^Prompt/)).toHaveText('Repeat: {{input.text}}');
    await press('Escape');
    await expect(card('llm')).toBeFocused();

    await tabTo(page, page.getByRole('button', { name: 'Add Gate' }));
    await press('Enter');
    await expect(card('gate')).toBeFocused();
    await press('Enter');
    await expect(settings.getByRole('button', { name: 'Add a route' })).toBeFocused();
    await press('Enter');
    await tabTo(page, settings.getByLabel('Value', { exact: true }), 'Shift+Tab');
    await keyboard.type('{{llm');
    await press('Enter');
    await tabTo(page, settings.getByLabel('Compared with'));
    await keyboard.type('lemon');
    await press('Escape');
    await tabTo(page, page.getByRole('button', { name: 'Add Review' }));
    await press('Enter');
    await expect(card('review')).toBeFocused();
    await press('Enter');
    await expect(settings.getByLabel('What the reviewer sees')).toBeFocused();
    await keyboard.type('{{llm');
    await press('Enter');
    for (const [port, target] of [
      ['pass', 'End'],
      ['fail', 'LLM'],
    ] as const) {
      await tabTo(page, settings.getByRole('combobox', { name: `Connect ${port} to` }));
      await press('Enter');
      await pressDownTo(page.getByRole('option', { name: new RegExp(`^${target}`) }));
      await press('Enter');
      await expect(settings.getByRole('button', { name: `Disconnect ${target}` })).toBeVisible();
      await expect(settings.getByRole('combobox', { name: `Connect ${port} to` })).toBeFocused();
    }
    await press('Escape');
    await expect(card('review')).toBeFocused();
  });

  await test.step('move a step, delete one and undo, by keyboard alone', async () => {
    const before = await card('review').boundingBox();
    await press('Shift+ArrowRight', 'Shift+ArrowRight');
    await expect.poll(async () => (await card('review').boundingBox())?.x).toBeGreaterThan((before?.x ?? 0) + 20);
    await press('Control+z');
    await press('Delete');
    await expect(card('review')).toBeHidden();
    await press('Control+z');
    await expect(card('review')).toBeVisible();
    await tabTo(page, card('start'), 'Shift+Tab').catch(() => tabTo(page, card('start')));
    for (let moves = 0; moves < 6 && !(await card('end').evaluate((end) => end.ownerDocument.activeElement === end)); moves += 1)
      await press('ArrowDown');
    await expect(card('end')).toBeFocused();
    await press('Enter');
    await tabTo(page, settings.getByLabel('Value', { exact: true }));
    await press('Control+a');
    await keyboard.type('{{llm');
    await press('Enter', 'Escape');
    await screen.expectComplete();
  });

  await test.step('publish by keyboard alone', async () => {
    await savedDraft(api, page);
    await tabTo(page, page.getByRole('button', { name: 'Publish', exact: true }), 'Shift+Tab');
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Publish', exact: true });
    await tabTo(page, dialog.getByRole('button', { name: 'Publish' }));
    await press('Enter');
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  });

  await test.step('200 rows of a CSV run on the tiny model, and one waits for a person', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const run = page.getByRole('dialog', { name: /^Run/ });
    await run.getByRole('radio', { name: 'CSV' }).click();
    await run.locator('input[type=file]').setInputFiles({ name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await expect(run.getByText('200 rows')).toBeVisible();
    await run.getByRole('button', { name: 'Run' }).click();
    await expect(page.getByText('199 / 200')).toBeVisible({ timeout: 90_000 });
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'In progress' }).click();
    await page.getByRole('link', { name: 'lemon' }).click();
    await expect(page.getByRole('main')).toContainText('Waiting for review');
    await page.getByLabel('Comment').fill('A lemon indeed');
    await page.getByRole('button', { name: 'Pass' }).click();
    await expect(page.getByRole('main')).toContainText('Finished');
    await page.goBack();
    await expect(page.getByText('200 / 200')).toBeVisible();
  });

  const batchId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const batch = await api<Batch>('GET', `/api/batches/${batchId}`);

  await test.step('what it has cost stands there, to the last digit', async () => {
    expect(batch).toMatchObject({ total: 200, counts: { finished: 200 }, unknown_cost_calls: 0 });
    expect(Number(batch.cost)).toBeGreaterThan(0);
    await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/Cost so far\$0\.\d+/);
  });
  workflowId = batch.workflow_id;
});

test('its model is deleted with a warning, new tasks fail by name, and pass once it is repointed', async ({ page, api }) => {
  const screen = builder(page);
  const { slug } = tiny;
  const workflow = `/workflows/${workflowId}`;

  await test.step('the model is deleted: the warning counts and names the pipeline', async () => {
    await page.goto(`/models/${slug}`);
    await page.getByRole('button', { name: 'Delete model' }).click();
    const warning = page.getByRole('alertdialog');
    await expect(warning).toContainText('1 active workflow uses it');
    await expect(warning).toContainText('Repeat words');
    await warning.getByRole('button', { name: /^Delete/ }).click();
    await expect(warning).toBeHidden();
  });

  const created = await api<{ batch: Batch }>('POST', `/api${workflow}/tasks`, {
    tasks: [{ input: { text: 'tiger' } }, { input: { text: 'river' } }],
  });

  await test.step('new tasks fail with an error that names the model and the step', async () => {
    await page.goto(`/batches/${created.batch.id}`);
    await expect(page.getByRole('button', { name: 'Retry 2 failed' })).toBeVisible({ timeout: 20_000 });
    const { data } = await api<{ data: Task[] }>('GET', `/api${workflow}/tasks?batch_id=${created.batch.id}`);
    for (const { error } of data) expect(error).toMatchObject({ step: 'llm', slug, message: expect.stringContaining(slug) });
    await expect(page.getByRole('main')).toContainText(data[0]?.error?.message ?? 'no message');
  });

  await test.step('its step is badged; it is repointed, the tasks are retried and pass', async () => {
    await page.goto(workflow);
    await expect(screen.card('llm')).toContainText('1 problem');
    await page.goto(`/models/${slug}`);
    await page.getByRole('button', { name: 'Repoint', exact: true }).click();
    const repoint = page.getByRole('dialog', { name: /^Repoint the users/ });
    await screen.chooseIn(repoint.getByRole('combobox', { name: 'Repoint to' }), /^Spare tiny/);
    await repoint.getByRole('button', { name: 'Repoint', exact: true }).click();
    await expect(repoint).toBeHidden();
    await page.goto(`/batches/${created.batch.id}`);
    await page.getByRole('button', { name: 'Retry 2 failed' }).click();
    await expect(page.getByText('2 finished')).toBeVisible({ timeout: 20_000 });
    const { data } = await api<{ data: Task[] }>('GET', `/api${workflow}/tasks?batch_id=${created.batch.id}`);
    expect(data.map(({ state, version }) => [state, version])).toEqual([
      ['finished', 2],
      ['finished', 2],
    ]);
    await page.goto(`/models/${spare.slug}`);
    await expect(page.getByRole('main')).toContainText('Repeat words');
  });
});
