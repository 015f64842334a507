import AxeBuilder from '@axe-core/playwright';
import type { InputField, Workflow } from '@pipelines/contracts';
import { builder, savedDraft } from './support/builder.ts';
import { expect, test } from './support/journey.ts';
import { llmPipeline } from './support/llm-pipeline.ts';

const fields: readonly InputField[] = [
  { name: 'ticket', type: 'text', required: true, description: 'What the customer wrote' },
  { name: 'priority', type: 'number', required: false, description: '' },
];

test('a prompt is written in an editor that knows its variables, and has the keys of a text area', async ({ page, api }) => {
  const graph = llmPipeline({ user_prompt: 'Answer {{input.ticket}}' }, fields);
  const { id } = await api<Workflow>('POST', '/api/workflows', { name: 'Prompts', graph });
  const screen = builder(page);
  const prompt = screen.settings.getByLabel(/^Prompt/);
  const list = page.getByRole('listbox', { name: 'Variables' });
  const axe = async () => expect((await new AxeBuilder({ page }).include('[data-settings]').analyze()).violations).toEqual([]);
  await page.goto(`/workflows/${id}`);
  await screen.card('llm').click();

  await test.step('variables stand out; one that is not known is underlined, and says why', async () => {
    await expect(prompt.locator('.cm-variable')).toHaveText(['{{input.ticket}}']);
    await prompt.fill('Answer {{input.ticket}} in {{input.tone}}');
    const unknown = prompt.locator('.cm-variable-unknown');
    await expect(unknown).toHaveText(['{{input.tone}}']);
    await expect(unknown).toHaveCSS('text-decoration-line', 'underline');
    await expect(prompt).toHaveAccessibleDescription(/\{\{input\.tone\}\} is not known here\./);
    await expect(prompt).toHaveAttribute('aria-invalid', 'true');
    await unknown.hover();
    await expect(page.locator('.cm-reason')).toHaveText('{{input.tone}} is not known here.');
  });

  await test.step('the list says what each variable holds; Escape closes it and nothing else', async () => {
    await prompt.press('Control+End');
    await prompt.pressSequentially(' {{');
    await expect(list.getByRole('option')).toHaveText([/^input\.ticketText · What the customer wrote$/, /^input\.priorityNumber$/]);
    await expect(list.getByRole('option', { selected: true })).toContainText('input.ticket');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await axe();
    }
    await prompt.press('ArrowDown');
    await expect(list.getByRole('option', { selected: true })).toContainText('input.priority');
    await prompt.press('Escape');
    await expect(list).toBeHidden();
    await expect(prompt).toBeFocused();
    await prompt.pressSequentially('pri');
    await prompt.press('Enter');
    await expect(prompt).toHaveText('Answer {{input.ticket}} in {{input.tone}} {{input.priority}}');
  });

  await test.step('the field and the builder each take back their own', async () => {
    await prompt.fill('Reply to {{input.ticket}}');
    await prompt.press('Control+z');
    await expect(prompt).toHaveText('Answer {{input.ticket}} in {{input.tone}} {{input.priority}}');
    await prompt.press('Control+y');
    await expect(prompt).toHaveText('Reply to {{input.ticket}}');
    const undo = page.getByRole('button', { name: 'Undo' });
    for (let steps = 0; steps < 10 && (await undo.getAttribute('aria-disabled')) !== 'true'; steps += 1) await undo.press('Enter');
    await expect(prompt).toHaveText('Answer {{input.ticket}}');
    // Nothing is left to undo: the button says so, and has not lost the keyboard.
    await expect(undo).toHaveAccessibleDescription('Nothing to undo.');
    await expect(undo).toBeFocused();
    await prompt.press('Control+z');
    await expect(prompt).toHaveText('Answer {{input.ticket}}');
    await prompt.press('Control+End');
    await prompt.pressSequentially('!');
    await prompt.press('Control+z');
    await expect(prompt).toHaveText('Answer {{input.ticket}}');
  });

  await test.step('Enter begins a line, Tab leaves, and the label leads in', async () => {
    await prompt.press('Control+End');
    await prompt.press('Enter');
    await prompt.pressSequentially('Thanks');
    await prompt.press('Tab');
    await expect(prompt).not.toBeFocused();
    await screen.settings.locator('label', { hasText: /^Prompt/ }).click();
    await expect(prompt).toBeFocused();
    const { steps } = await savedDraft(api, page);
    expect(steps.find(({ name }) => name === 'llm')).toMatchObject({ config: { user_prompt: 'Answer {{input.ticket}}\nThanks' } });
  });
});

test('a JSON schema is written in such an editor too: coloured, with pairs of brackets, underlined where it is wrong', async ({
  page,
  api,
}) => {
  const first = { type: 'object', required: ['answer'] };
  const graph = llmPipeline({ output: { type: 'json_schema', schema: first } }, fields);
  const { id } = await api<Workflow>('POST', '/api/workflows', { name: 'Schemas', graph });
  const screen = builder(page);
  const schema = screen.settings.getByLabel('JSON schema of the output');
  const lines = schema.locator('.cm-line');
  const firstLines = JSON.stringify(first, null, 2).split('\n');
  const fault = schema.locator('.cm-fault');
  await page.goto(`/workflows/${id}`);
  await screen.card('llm').click();

  await test.step('names and values differ in colour', async () => {
    await expect(lines).toHaveText(firstLines);
    const colourOf = (text: string) =>
      schema
        .locator('span')
        .getByText(text, { exact: true })
        .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).color);
    expect(await colourOf('"type"')).not.toBe(await colourOf('"object"'));
  });

  await test.step('what is wrong is underlined, and says why', async () => {
    await schema.fill('{"type": "object", "title": true,}');
    await expect(fault).toHaveText(['}']);
    await expect(fault).toHaveCSS('text-decoration-line', 'underline');
    await expect(schema).toHaveAccessibleDescription(/^The last whole schema is kept until this one is\. Not JSON: /);
    await expect(schema).toHaveAttribute('aria-invalid', 'true');
    await schema.fill('{"properties": {"a": {"type": "strin", "minLength": 1}}}');
    await expect(fault).toHaveText(['"strin"']);
    await expect(schema).toHaveAccessibleDescription(/^properties\.a\.type must be one of/);
    await fault.hover();
    await expect(page.locator('.cm-reason')).toHaveText(/^properties\.a\.type must be one of/);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect((await new AxeBuilder({ page }).include('[data-settings]').analyze()).violations).toEqual([]);
    }
  });

  await test.step('what is half typed is there again after another step and another page, and is a problem', async () => {
    const half = '{"type": "object", "prop';
    await schema.fill(half);
    await screen.card('end').click();
    await expect(schema).toBeHidden();
    const problem = page.getByRole('button', { name: /^JSON schema of the output: Not JSON: / });
    await page.locator('summary', { hasText: /problems?$/ }).click();
    await problem.click();
    await expect(schema).toHaveText(half);
    await expect(schema).toBeFocused();
    await expect(schema).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('link', { name: 'Open the builder' }).click();
    await screen.card('llm').click();
    await expect(schema).toHaveText(half);
  });

  await test.step('brackets come in pairs, Enter goes in, Tab leaves', async () => {
    await schema.fill('');
    await schema.pressSequentially('{');
    await schema.press('Enter');
    await schema.pressSequentially('"type": "object');
    await expect(lines).toHaveText(['{', '  "type": "object"', '}']);
    await expect(fault).toHaveCount(0);
    await expect(schema).not.toHaveAttribute('aria-invalid');
    await schema.press('Tab');
    await expect(schema).not.toBeFocused();
    const { steps } = await savedDraft(api, page);
    expect(steps.find(({ name }) => name === 'llm')).toMatchObject({ config: { output: { schema: { type: 'object' } } } });
  });

  await test.step('the field and the builder each take back their own', async () => {
    await screen.settings.locator('label', { hasText: 'JSON schema of the output' }).click();
    await schema.fill('{"type": "array"}');
    await schema.press('Control+z');
    await expect(lines).toHaveText(['{', '  "type": "object"', '}']);
    const undo = page.getByRole('button', { name: 'Undo' });
    for (let steps = 0; steps < 20 && (await undo.getAttribute('aria-disabled')) !== 'true'; steps += 1) await undo.click();
    await expect(lines).toHaveText(firstLines);
    await schema.press('Control+z');
    await expect(lines).toHaveText(firstLines);
  });
});
