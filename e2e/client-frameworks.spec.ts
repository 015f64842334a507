import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { APICallError, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { citySchema, registerClientModels, weatherParameters } from './support/client-models.ts';
import { expect, programTest as test } from './support/journey.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

interface City {
  readonly city: string;
  readonly ok: boolean;
}

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  tinyLlm = await spawnTinyLlm();
});
test.afterAll(() => tinyLlm?.stop());

test('the AI SDK, unchanged', async ({ product, api }) => {
  const slugs = await registerClientModels(api, tinyLlm);
  const pipelines = createOpenAICompatible({
    name: 'pipelines',
    baseURL: `${product.url}/v1`,
    apiKey: product.admin.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const get_weather = tool({
    description: 'The weather',
    inputSchema: jsonSchema<{ city: string }>(weatherParameters),
    execute: async ({ city }) => ({ city, sky: 'clear' }),
  });

  await test.step('whole and streamed', async () => {
    const whole = await generateText({ model: pipelines(slugs.tiny), prompt: 'What is 7 + 5?' });
    expect(whole.text).toBe('12');
    expect(whole.usage.totalTokens).toBeGreaterThan(0);
    const streamed = streamText({ model: pipelines(slugs.bedrock), prompt: 'Good morning' });
    const pieces: string[] = [];
    for await (const piece of streamed.textStream) pieces.push(piece);
    expect(pieces.join('')).toBe('You said: Good morning');
    expect(pieces.length).toBeGreaterThan(2);
    expect((await streamed.usage).outputTokens).toBeGreaterThan(0);
  });

  for (const [slug, prompt] of [
    [slugs.tiny, 'weather Paris'],
    [slugs.bedrock, 'Use get_weather for Rome'],
  ] as const) {
    await test.step(`a tool, called and answered: ${slug}`, async () => {
      const result = await generateText({ model: pipelines(slug), prompt, tools: { get_weather }, stopWhen: stepCountIs(2) });
      expect(result.steps).toHaveLength(2);
      expect(result.steps[0]?.toolResults).toMatchObject([{ toolName: 'get_weather', output: { sky: 'clear' } }]);
    });

    await test.step(`an object of a schema: ${slug}`, async () => {
      const { object } = await generateObject({
        model: pipelines(slug),
        schema: jsonSchema<City>(citySchema),
        prompt: 'Give json for Rome',
      });
      expect(object).toEqual({ city: expect.any(String), ok: expect.any(Boolean) });
    });
  }

  await test.step('errors with their status and our words', async () => {
    const refused: unknown = await generateText({ model: pipelines('no-such-model'), prompt: 'Hello', maxRetries: 0 }).catch(
      (error: unknown) => error,
    );
    expect(APICallError.isInstance(refused)).toBe(true);
    expect(refused).toMatchObject({ statusCode: 404, message: expect.stringContaining('There is no model "no-such-model"') });
  });
});

test('LangChain, unchanged', async ({ product, api }) => {
  const slugs = await registerClientModels(api, tinyLlm);
  const chat = (model: string) =>
    new ChatOpenAI({ model, apiKey: product.admin.apiKey, maxRetries: 0, configuration: { baseURL: `${product.url}/v1` } });

  await test.step('whole and streamed', async () => {
    const whole = await chat(slugs.tiny).invoke('What is 7 + 5?');
    expect(whole.text).toBe('12');
    expect(whole.usage_metadata?.total_tokens).toBeGreaterThan(0);
    const pieces: string[] = [];
    for await (const piece of await chat(slugs.bedrock).stream('Good morning')) pieces.push(piece.text);
    expect(pieces.join('')).toBe('You said: Good morning');
  });

  for (const [slug, question] of [
    [slugs.tiny, 'weather Paris'],
    [slugs.bedrock, 'Use get_weather for Rome'],
  ] as const) {
    await test.step(`a tool, called and answered: ${slug}`, async () => {
      const schema = { type: 'function', function: { name: 'get_weather', description: 'The weather', parameters: weatherParameters } };
      const withTool = chat(slug).bindTools([schema]);
      const asked = new HumanMessage(question);
      const called = await withTool.invoke([asked]);
      const [call] = called.tool_calls ?? [];
      expect(call?.name).toBe('get_weather');
      const result = new ToolMessage({ content: '{"sky":"clear"}', tool_call_id: call?.id ?? '' });
      expect((await withTool.invoke([asked, called, result])).response_metadata.model_name).toBeTruthy();
    });

    await test.step(`an object of a schema: ${slug}`, async () => {
      const structured = chat(slug).withStructuredOutput<City>({ title: 'City', ...citySchema }, { method: 'jsonSchema' });
      expect(await structured.invoke('Give json for Rome')).toEqual({ city: expect.any(String), ok: expect.any(Boolean) });
    });
  }

  await test.step('errors with their status', async () => {
    await expect(
      chat(slugs.plain)
        .bindTools([{ type: 'function', function: { name: 'x', parameters: weatherParameters } }])
        .invoke('Hello'),
    ).rejects.toMatchObject({ status: 400, code: 'capability_missing' });
  });
});
