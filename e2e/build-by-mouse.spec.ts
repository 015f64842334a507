import type { Locator, Page } from '@playwright/test';
import { builder, savedDraft } from './support/builder.ts';
import { expect, test } from './support/journey.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const place = async (card: Locator) => {
  const box = await card.boundingBox();
  if (!box) throw new Error('The card is not there.');
  return box;
};

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  await to.hover();
  await page.mouse.up();
}

test('a pipeline of five steps is built from nothing by mouse', async ({ page, api, providers }) => {
  const connection = { provider: 'openai-compatible', auth_kind: 'api_key', credential: { api_key: providerKeys.vllm } } as const;
  await registerModel(
    api,
    { ...connection, base_url: providers.vllm.baseUrl, provider_model_id: 'qwen3-32b' },
    { display_name: 'Mouse model' },
  );
  const screen = builder(page);
  const { settings, card } = screen;
  const handle = (step: string, port: string) =>
    page.locator(`.react-flow__node[data-id=${step}] .react-flow__handle[data-handleid=${port}]`);
  const entrance = (step: string) => page.locator(`.react-flow__node[data-id=${step}] .react-flow__handle-top`);

  await test.step('steps come out of the palette, each below the chosen one', async () => {
    await screen.create('By mouse');
    await card('start').click();
    await screen.add('LLM');
    await expect(settings.getByRole('combobox', { name: /^Model/ })).toContainText('Gemini 3.1 Pro');
    await screen.chooseModel('Mouse model');
    await settings.getByLabel(/^Prompt/).pressSequentially('Classify {{inp');
    await page.getByRole('option', { name: 'input.text' }).click();
    await expect(settings.getByLabel(/^Prompt/)).toHaveText('Classify {{input.text}}');
    await screen.add('Gate');
    await screen.add('Review');
    const tops = [];
    for (const step of ['start', 'llm', 'gate', 'review', 'end']) tops.push((await place(card(step))).y);
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    expect(new Set(tops).size).toBe(5);
  });

  await test.step('the gate gets a route, which is drawn to the review', async () => {
    await card('gate').click();
    await settings.getByRole('button', { name: 'Add a route' }).click();
    await settings.getByLabel('Route', { exact: true }).fill('urgent');
    await settings.getByLabel('Value', { exact: true }).fill('{{steps.llm.output}}');
    await screen.chooseIn(settings.getByLabel('Comparison'), 'contains');
    await settings.getByLabel('Compared with').fill('urgent');
    await expect(page.getByRole('status').filter({ hasText: '2 problems' })).toBeVisible();
    await drag(page, handle('gate', 'urgent'), entrance('review'));
    await expect(settings.getByRole('button', { name: 'Disconnect Review' })).toHaveCount(2);
    await settings.getByRole('button', { name: 'Disconnect Review' }).last().click();
    await drag(page, handle('gate', 'default'), entrance('end'));
    await card('review').click();
    await settings.getByLabel('What the reviewer sees').fill('{{steps.llm.output}}');
    await drag(page, handle('review', 'fail'), entrance('llm'));
  });

  await test.step('a card goes where it is dragged, and back by Undo', async () => {
    const before = await place(card('review'));
    await card('review').hover();
    await page.mouse.down();
    await page.mouse.move(before.x - 90, before.y + 60, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await place(card('review'))).x).not.toBe(before.x);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => Math.round((await place(card('review'))).x)).toBe(Math.round(before.x));
  });

  await test.step('what is missing is listed by step, and leads to its field', async () => {
    await card('end').click();
    await settings.getByLabel('Value', { exact: true }).fill('{{steps.lllm.output}}');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish', exact: true });
    await expect(dialog.getByRole('button', { name: 'Publish' })).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByRole('list', { name: 'End' }).getByRole('button', { name: '{{steps.lllm.output}} is not known here.' }).click();
    await expect(dialog).toBeHidden();
    await expect(settings.getByLabel('Value', { exact: true })).toBeFocused();
    await settings.getByLabel('Value', { exact: true }).fill('{{steps.llm.output}}');
    await screen.expectComplete();
  });

  await test.step('the server has it all by itself, and it is published', async () => {
    const draft = await savedDraft(api, page);
    expect(draft.steps.map(({ kind }) => kind).toSorted()).toEqual(['end', 'gate', 'llm', 'review', 'start']);
    expect(draft.edges.map(({ from, port, to }) => `${from}.${port} → ${to}`).toSorted()).toEqual([
      'gate.default → end',
      'gate.urgent → review',
      'llm.next → gate',
      'review.fail → llm',
      'review.pass → end',
      'start.next → llm',
    ]);
    await screen.publish();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  });
});
