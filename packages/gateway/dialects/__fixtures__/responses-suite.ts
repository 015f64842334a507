import OpenAI from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, pixel, protocols, standKey } from '../../__fixtures__/open-protocol-stand.ts';

const weather = {
  type: 'function' as const,
  name: 'weather',
  description: 'The weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
  strict: false,
};

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What the official client of the Responses API sees, whatever the model speaks. */
export function describeResponses(openStand: () => ProtocolStand): void {
  let stand: ProtocolStand;
  let client: OpenAI;
  beforeAll(() => {
    stand = openStand();
    client = new OpenAI({ apiKey: 'ppl_any', baseURL: stand.gateway.url, maxRetries: 0 });
  });

  it('is told the end of a stream whose server ends it without [DONE]', async () => {
    stand.answerOnce('openai-chat', { omitDone: true });
    const events = await collect(await client.responses.create({ model: stand.slugs['openai-chat'], input: 'Hello there', stream: true }));
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { output: [{ status: 'completed' }] } });
  });

  describe.each([...protocols, 'openai' as const])('the official client of the Responses API, before a model of %s', (protocol) => {
    const slug = () => (protocol === 'openai' ? stand.openai.slug : stand.slugs[protocol]);
    const answerOnce = (script: Parameters<ProtocolStand['answerOnce']>[1]) =>
      protocol === 'openai' ? stand.openai.fake.answerOnce(script) : stand.answerOnce(protocol, script);
    const lastRequest = () => (protocol === 'openai' ? stand.openai.fake.requests.at(-1) : stand.lastRequest(protocol));

    it('gets a whole response with its counts and its cost', async () => {
      const { data, response } = await client.responses
        .create({ model: slug(), instructions: 'Be brief.', input: 'Hello there', store: false, max_output_tokens: 100 })
        .withResponse();
      expect(data).toMatchObject({ object: 'response', status: 'completed', output_text: 'You said: Hello there', store: false });
      const [row] = await stand.gateway.attemptsOf(slug());
      expect(row).toMatchObject({ status: 'succeeded', finish_reason: 'stop', prompt_tokens: data.usage?.input_tokens });
      expect((data.usage as unknown as { cost: number }).cost).toBe(Number(row?.cost));
      expect(response.headers.get('x-pipelines-model')).toBe(slug());
    });

    it('gets the events of a stream in order, each with its number', async () => {
      const stream = await client.responses.create({ model: slug(), input: 'Hello there', store: false, stream: true });
      const events = await collect(stream);
      expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
      const types = events.map(({ type }) => type).filter((type) => type !== 'response.output_text.delta');
      expect(types).toEqual([
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.completed',
      ]);
      const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
      expect(text).toBe('You said: Hello there');
      const last = events.at(-1);
      expect(last).toMatchObject({ response: { status: 'completed', output: [{ content: [{ text }] }] } });
      const [row] = await stand.gateway.attemptsOf(slug());
      expect(row).toMatchObject({ status: 'succeeded', stream: true });
      expect(last).toMatchObject({ response: { usage: { cost: Number(row?.cost) } } });
    });

    it.each([true, false])('thinks, calls tools and goes on with its thoughts (streamed: %s)', async (streamed) => {
      const ask = {
        model: slug(),
        store: false,
        tools: [weather],
        reasoning: { effort: 'high' as const },
        include: ['reasoning.encrypted_content' as const],
        max_output_tokens: 4_000,
      };
      const first = { role: 'user' as const, content: 'How is it in Rome?' };
      const toolCalls = [
        { id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
        { id: 'call_2', name: 'weather', arguments: '{"city":"Oslo"}' },
      ];
      answerOnce({ reasoning: 'hm', toolCalls });
      const request = { ...ask, input: [first] };
      const response = streamed ? await client.responses.stream(request).finalResponse() : await client.responses.create(request);
      expect(response.status).toBe('completed');
      const output: OpenAI.Responses.ResponseOutputItem[] = response.output;
      const calls = output.filter((item) => item.type === 'function_call');
      expect(calls).toMatchObject([
        { call_id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
        { call_id: 'call_2', arguments: '{"city":"Oslo"}' },
      ]);
      expect(response.output[0]).toMatchObject({ type: 'reasoning', encrypted_content: expect.any(String) });
      const outputs = calls.map(({ call_id }) => ({ type: 'function_call_output' as const, call_id, output: 'sunny' }));
      const answer = await client.responses.create({ ...ask, input: [first, ...response.output, ...outputs] as never });
      expect(answer.output_text).not.toBe('');
      const sent = JSON.stringify(lastRequest()?.body);
      expect(sent).toContain('sunny');
      if (protocol !== 'openai-chat') expect(sent).toMatch(/hm.*signature|thoughtSignature|encrypted_content/);
      // Google's word for a signature that got lost on the way.
      expect(sent).not.toContain('skip_thought_signature_validator');
    });

    it('is shown an image, and answers in JSON', async () => {
      const image = { type: 'input_image' as const, image_url: `data:image/png;base64,${pixel}`, detail: 'auto' as const };
      const content = [{ type: 'input_text' as const, text: 'What is it?' }, image];
      const seen = await client.responses.create({ model: slug(), store: false, input: [{ role: 'user', content }] });
      expect(seen.output_text).toBe('I see 1 image.');
      const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
      const format = { type: 'json_schema' as const, name: 'place', schema, strict: true };
      const json = await client.responses.create({ model: slug(), store: false, input: 'Where?', text: { format } });
      expect(json.output_text).toBe('{"city":"text"}');
    });

    it('gets errors in its own shape, before and inside a stream, without a word of the provider', async () => {
      answerOnce({ status: 429, body: { error: { message: `slow down ${standKey}` } }, headers: { 'retry-after': '60' } });
      const refused = await client.responses.create({ model: slug(), store: false, input: 'Hello' }).catch((error) => error);
      expect(refused).toBeInstanceOf(OpenAI.RateLimitError);
      expect(refused).toMatchObject({ code: 'rate_limited' });
      expect(refused.message).not.toContain('canary');

      answerOnce({ chunks: ['One ', 'two ', 'three'], breakAfterChunks: 2, chunkDelayMs: 5 });
      const events = await collect(await client.responses.create({ model: slug(), store: false, input: 'Hello', stream: true }));
      expect(JSON.stringify(events.at(-1))).toContain('upstream_error');
      expect(['error', 'response.failed']).toContain(events.at(-1)?.type);
      expect((await stand.gateway.attemptsOf(slug()))[0]).toMatchObject({ status: 'incomplete', cause: 'connection_lost' });
    });
  });

  it('goes away, and so does the call', async () => {
    const before = stand.abortsOf('openai-chat');
    stand.answerOnce('openai-chat', { chunks: ['One ', 'two '], hang: 'stream' });
    const stream = await client.responses.create({ model: stand.slugs['openai-chat'], store: false, input: 'Hello', stream: true });
    for await (const event of stream) if (event.type === 'response.output_text.delta') break;
    await expect.poll(() => stand.abortsOf('openai-chat')).toBe(before + 1);
  });

  it('passes the bytes of the caller to a provider that speaks the API itself', async () => {
    const { slug, fake } = stand.openai;
    const body = `{"model":"${slug}", "input" : "Hi \\u00e9", "store":false, "top_logprobs" : 3,"max_output_tokens":16}`;
    const answer = await fetch(`${stand.gateway.url}/responses`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(fake.requests.at(-1)).toMatchObject({ path: '/v1/responses' });
    expect(fake.requests.at(-1)?.bytes.toString()).toBe(body.replace(slug, 'gpt-5-mini'));
    expect(answer.headers.get('x-pipelines-changes')).toBeNull();
  });

  it.each([
    [{ previous_response_id: 'resp_1' }, 'unsupported_parameter', 'previous_response_id'],
    [{ background: true }, 'unsupported_parameter', 'background'],
    [{ store: true }, 'unsupported_parameter', 'store'],
    [{ tools: [{ type: 'web_search' }] }, 'unsupported_parameter', 'tools[0].type'],
    [{ include: ['file_search_call.results'] }, 'unsupported_parameter', 'include'],
    [{ input: [{ type: 'item_reference', id: 'x' }] }, 'unsupported_parameter', 'input[0]'],
    [{ input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'x' }] }] }, 'unsupported_parameter', 'input[0].content[0]'],
    [{ input: 7 }, 'invalid_request', 'input'],
    [{ top_p: 2 }, 'invalid_request', 'top_p'],
    [{ text: { format: { type: 'grammar' } } }, 'invalid_request', 'text.format'],
    [{ model: 'nowhere' }, 'model_not_found', 'model'],
  ])('refuses %j clearly', async (part, code, param) => {
    const body = JSON.stringify({ model: stand.openai.slug, input: 'Hello', ...part });
    const answer = await fetch(`${stand.gateway.url}/responses`, { method: 'POST', body });
    expect(answer.status).toBe(code === 'model_not_found' ? 404 : 400);
    expect(await answer.json()).toMatchObject({ error: { code, param } });
  });
}
