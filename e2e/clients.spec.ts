import OpenAI, { APIUserAbortError, AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { citySchema, registerClientModels, weatherParameters } from './support/client-models.ts';
import { expect, programTest as test } from './support/journey.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

const weatherTool = {
  type: 'function',
  function: { name: 'get_weather', description: 'The weather', parameters: weatherParameters },
} as const;

let tinyLlm: SpawnedTinyLlm;
test.beforeAll(async () => {
  tinyLlm = await spawnTinyLlm();
});
test.afterAll(() => tinyLlm?.stop());

test('the official OpenAI client, unchanged', async ({ product, providers, api }) => {
  const models = await registerClientModels(api, tinyLlm);
  const client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.admin.apiKey, maxRetries: 0 });
  const ask = (model: string, content: string) => ({ model, messages: [{ role: 'user' as const, content }] });

  await test.step('lists and reads models', async () => {
    const listed: string[] = [];
    for await (const model of client.models.list()) listed.push(model.id);
    expect(listed).toEqual(expect.arrayContaining(['openai/gpt-5.4', models.tiny, models.bedrock]));
    expect(await client.models.retrieve(models.tiny)).toMatchObject({ id: models.tiny, object: 'model' });
  });

  await test.step('answers whole and streamed', async () => {
    const whole = await client.chat.completions.create(ask(models.tiny, 'What is 7 + 5?'));
    expect(whole.choices[0]?.message.content).toBe('12');
    expect(whole.usage?.total_tokens).toBe((whole.usage?.prompt_tokens ?? 0) + (whole.usage?.completion_tokens ?? 0));
    for (const [model, question, answer] of [
      [models.tiny, 'Count to 6', '1 2 3 4 5 6'],
      [models.bedrock, 'Good morning', 'You said: Good morning'],
    ] as const) {
      const stream = client.chat.completions.stream({ ...ask(model, question), stream_options: { include_usage: true } });
      const pieces: string[] = [];
      stream.on('content', (piece) => pieces.push(piece));
      expect(await stream.finalContent()).toBe(answer);
      expect(pieces.length).toBeGreaterThan(2);
      expect((await stream.totalUsage()).completion_tokens).toBeGreaterThan(0);
    }
  });

  for (const [model, question] of [
    [models.tiny, 'weather Paris'],
    [models.bedrock, 'Use get_weather for Rome'],
  ] as const) {
    await test.step(`calls a tool and takes its result: ${model}`, async () => {
      for (const stream of [false, true]) {
        const call = { ...ask(model, question), tools: [weatherTool] };
        const message = stream
          ? (await client.chat.completions.stream(call).finalChatCompletion()).choices[0]?.message
          : (await client.chat.completions.create(call)).choices[0]?.message;
        const [wanted] = message?.tool_calls ?? [];
        if (!message || wanted?.type !== 'function') throw new Error(`No tool was called: ${JSON.stringify(message)}`);
        expect(wanted.function.name).toBe('get_weather');
        expect(JSON.parse(wanted.function.arguments)).toEqual({ city: expect.stringMatching(/Paris|Rome/i) });
        const result = { role: 'tool' as const, tool_call_id: wanted.id, content: '{"sky":"clear"}' };
        const second = await client.chat.completions.create({ ...call, messages: [...call.messages, message, result] });
        expect(second.choices).toHaveLength(1);
      }
    });

    await test.step(`answers in a JSON schema: ${model}`, async () => {
      const format = { type: 'json_schema' as const, json_schema: { name: 'city', strict: true, schema: citySchema } };
      const answer = await client.chat.completions.create({ ...ask(model, 'Give json for Rome'), response_format: format });
      const value = JSON.parse(answer.choices[0]?.message.content ?? '') as unknown;
      expect(value).toEqual({ city: expect.any(String), ok: expect.any(Boolean) });
    });
  }

  await test.step('tells errors as the client knows them', async () => {
    const stranger = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: `ppl_${'0'.repeat(40)}`, maxRetries: 0 });
    await expectError(stranger.chat.completions.create(ask(models.tiny, 'Hello')), AuthenticationError, 'invalid_api_key');
    await expectError(client.chat.completions.create(ask('no-such-model', 'Hello')), NotFoundError, 'model_not_found');
    const withTool = { ...ask(models.plain, 'Hello'), tools: [weatherTool] };
    const refusal = await expectError(client.chat.completions.create(withTool), BadRequestError, 'capability_missing');
    expect(refusal).toMatchObject({ param: 'tools', message: expect.stringContaining('Tool use') });
  });

  await test.step('an abort reaches the provider within a second', async () => {
    const abort = async () => {
      providers.bedrock.answerOnce({ chunks: Array.from({ length: 500 }, (_, index) => `${index} `), chunkDelayMs: 20 });
      const hungUp = providers.bedrock.waitForAbort(10_000);
      const stream = await client.chat.completions.create({ ...ask(models.bedrock, 'Never end'), stream: true });
      let abortedAtMs = 0;
      const reading = (async () => {
        for await (const _ of stream) {
          if (abortedAtMs > 0) continue;
          abortedAtMs = performance.now();
          stream.controller.abort();
        }
      })();
      await reading.catch((error: unknown) => expect(error).toBeInstanceOf(APIUserAbortError));
      return (await hungUp).atMs - abortedAtMs;
    };
    // A busy machine may stop for as long once; what takes longer by itself does so each time.
    const tookMs = [await abort()];
    while (Math.min(...tookMs) >= 1_000 && tookMs.length < 3) tookMs.push(await abort());
    expect(Math.min(...tookMs)).toBeLessThan(1_000);
    await expect
      .poll(async () => (await api<{ data: unknown[] }>('GET', `/api/attempts?slug=${models.bedrock}&status=canceled`)).data.length)
      .toBe(tookMs.length);
  });
});

async function expectError(call: Promise<unknown>, kind: new (...given: never[]) => Error, code: string): Promise<unknown> {
  const error: unknown = await call.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ code });
  return error;
}
