import type { Capabilities, LlmConfig, Workflow } from '@pipelines/contracts';
import { startMcpServer, type TestMcpServer } from '@pipelines/workflows/testing';
import { builder, savedDraft } from './support/builder.ts';
import { expect, test } from './support/journey.ts';
import { llmPipeline } from './support/llm-pipeline.ts';
import { type ModelSettings, registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const everything: Capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: true };

/** Each lacks something, and thinks in its own shape or not at all. */
const models: readonly (readonly [id: string, settings: ModelSettings])[] = [
  ['acme/no-tools', { display_name: 'No tools', capabilities: { ...everything, tool_use: false }, reasoning_parameter: 'effort' }],
  ['acme/no-json', { display_name: 'No JSON', capabilities: { ...everything, json_mode: false }, reasoning_parameter: 'effort' }],
  [
    'acme/no-vision',
    { display_name: 'No vision', capabilities: { ...everything, vision: false }, reasoning_parameter: 'max_tokens', max_tokens: 1_000 },
  ],
  ['acme/no-reasoning', { display_name: 'No reasoning', capabilities: { ...everything, reasoning: false } }],
];

const schema = { type: 'object', properties: { label: { type: 'string' } }, required: ['label'], additionalProperties: false };
const step: Partial<LlmConfig> = {
  user_prompt: '{{input.text}}',
  images: ['photo'],
  reasoning: { effort: 'high', max_tokens: 1_500 },
  output: { type: 'json_schema', schema },
};
const token = 'switch-token-0123456789';
const photo = 'https://pictures.example/cat.png';

let mcp: TestMcpServer;
test.beforeAll(async () => {
  mcp = await startMcpServer({ token });
});
test.afterAll(() => mcp?.close());

test('a step that is switched among four models shows and sends exactly what each of them takes', async ({ page, api, providers }) => {
  const connection = { provider: 'openrouter', auth_kind: 'api_key', credential: { api_key: providerKeys.openrouter } } as const;
  const slugs = new Map<string, string>();
  for (const [id, settings] of models) slugs.set(id, (await registerModel(api, { ...connection, provider_model_id: id }, settings)).slug);
  const fields = [
    { name: 'text', type: 'text', required: true, description: '' },
    { name: 'photo', type: 'image', required: true, description: '' },
  ] as const;
  const endpoint = await api<{ id: string }>('POST', '/api/tool-endpoints', {
    kind: 'mcp',
    name: 'Switched sky',
    url: mcp.url,
    auth_kind: 'bearer',
    credential: { token },
  });
  const tools = [{ endpoint_id: endpoint.id, tools: ['get_weather'] }];
  const graph = llmPipeline({ ...step, tools, model: slugs.get('acme/no-tools') ?? null }, fields);
  const { id } = await api<Workflow>('POST', '/api/workflows', { name: 'Switched', graph });
  const screen = builder(page);
  const { settings } = screen;
  const effort = settings.getByRole('combobox', { name: 'Reasoning effort' });
  const budget = settings.getByLabel('Thinking budget in tokens');
  const problems = page.getByRole('status').filter({ hasText: 'problem' });

  /** Publishes, runs one task, and gives what came to the provider. */
  async function send(text: string) {
    await savedDraft(api, page);
    await screen.publish();
    providers.openrouter.answerOnce({ text: '{"label":"cat"}' });
    await api('POST', `/api/workflows/${id}/tasks`, { tasks: [{ input: { text, photo } }] });
    const sent = () => providers.openrouter.requests.find(({ body }) => JSON.stringify(body).includes(text))?.body;
    await expect.poll(sent, { timeout: 15_000 }).toBeTruthy();
    const { model, messages, response_format, reasoning, tools: offered } = sent() as Record<string, unknown>;
    return { model, content: (messages as { content: unknown }[]).at(-1)?.content, response_format, reasoning, tools: namesOf(offered) };
  }
  const withPhoto = (text: string) => [
    { type: 'text', text },
    { type: 'image_url', image_url: { url: photo } },
  ];
  const format = { type: 'json_schema', json_schema: { name: 'llm', schema } };

  await page.goto(`/workflows/${id}`);
  await screen.card('llm').click();

  await test.step('without Tool use: tools are greyed with the reason; the effort is sent', async () => {
    await expect(settings).toContainText('No tools does not have Tool use');
    await expect(effort).toContainText('High');
    await expect(budget).toHaveCount(0);
    expect(await send('first')).toEqual({
      model: 'acme/no-tools',
      content: withPhoto('first'),
      response_format: format,
      reasoning: { effort: 'high' },
      tools: undefined,
    });
  });

  await test.step('without JSON mode: a JSON schema is a problem, text is not', async () => {
    await screen.chooseModel('No JSON');
    await expect(settings).toContainText('No JSON does not have JSON mode');
    await expect(problems).toBeVisible();
    await settings.getByRole('radio', { name: 'Text' }).click();
    await screen.expectComplete();
    expect(await send('second')).toEqual({
      model: 'acme/no-json',
      content: withPhoto('second'),
      response_format: undefined,
      reasoning: { effort: 'high' },
      tools: ['get_weather'],
    });
  });

  await test.step('without Vision, thinking by a budget: the budget is lowered in sight, the image has to go', async () => {
    await screen.chooseModel('No vision');
    await expect(settings).toContainText('No vision does not have Vision');
    await expect(settings).toContainText('Lowered to 1,000 tokens, the most that No vision answers.');
    await expect(effort).toHaveCount(0);
    await expect(budget).toHaveValue('1000');
    await budget.fill('5000');
    await budget.blur();
    await expect(budget).toHaveValue('1000');
    await expect(settings).toContainText('Lowered to the most that No vision answers.');
    await budget.fill('640');
    await expect(problems).toBeVisible();
    await settings.getByLabel('input.photo').uncheck();
    await expect(settings.getByLabel('input.photo')).toBeDisabled();
    await settings.getByRole('radio', { name: 'JSON' }).click();
    await screen.expectComplete();
    const sent = await send('third');
    expect(sent).toMatchObject({ model: 'acme/no-vision', content: 'third', reasoning: { max_tokens: 640 }, tools: ['get_weather'] });
    expect(sent.response_format).toMatchObject({ type: 'json_schema' });
  });

  await test.step('without reasoning: its controls are gone, and nothing of it is sent', async () => {
    await screen.chooseModel('No reasoning');
    await expect(effort).toHaveCount(0);
    await expect(budget).toHaveCount(0);
    await settings.getByLabel('input.photo').check();
    await screen.expectComplete();
    expect(await send('fourth')).toMatchObject({
      model: 'acme/no-reasoning',
      content: withPhoto('fourth'),
      reasoning: undefined,
      tools: ['get_weather'],
    });
  });

  await test.step('what was chosen for a model comes back with it', async () => {
    await screen.chooseModel('No tools');
    await expect(effort).toContainText('High');
  });
});

/** Names of the tools that a request offers; undefined where it has none. */
function namesOf(tools: unknown): readonly string[] | undefined {
  return (tools as { function: { name: string } }[] | undefined)?.map((tool) => tool.function.name);
}
