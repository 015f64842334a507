import Anthropic from '@anthropic-ai/sdk';
import type { Protocol } from '@pipelines/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, pixel, protocols, standKey } from '../../__fixtures__/open-protocol-stand.ts';

const weather = {
  name: 'weather',
  description: 'The weather of a city.',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
};
const hello = [{ role: 'user' as const, content: 'Hello there' }];

/** What the official client of the Messages API sees, whatever the model speaks. */
export function describeMessages(openStand: () => ProtocolStand): void {
  let stand: ProtocolStand;
  let client: Anthropic;
  beforeAll(() => {
    stand = openStand();
    client = new Anthropic({ apiKey: 'ppl_any', baseURL: stand.gateway.url.replace(/\/v1$/, ''), maxRetries: 0 });
  });

  describe.each(protocols)('the official client of the Messages API, before a model of %s', (protocol) => {
    it('gets a whole message with its counts and its cost', async () => {
      const { data, response } = await client.messages
        .create({ model: stand.slugs[protocol], max_tokens: 100, system: 'Be brief.', messages: hello })
        .withResponse();
      expect(data).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' });
      expect(data.content).toMatchObject([{ type: 'text', text: 'You said: Hello there' }]);
      expect(data.usage.input_tokens).toBeGreaterThan(0);
      expect(data.usage.output_tokens).toBeGreaterThan(0);
      const [row] = await stand.gateway.attemptsOf(stand.slugs[protocol]);
      expect(row).toMatchObject({ status: 'succeeded', prompt_tokens: data.usage.input_tokens, finish_reason: 'stop' });
      expect((data.usage as unknown as { cost: number }).cost).toBe(Number(row?.cost));
      expect(response.headers.get('x-pipelines-model')).toBe(stand.slugs[protocol]);
      expect(response.headers.get('request-id')).toBe(response.headers.get('x-request-id'));
    });

    it('gets the events of a stream in order', async () => {
      const types: string[] = [];
      const stream = client.messages.stream({ model: stand.slugs[protocol], max_tokens: 100, messages: hello });
      let cost: unknown;
      stream.on('streamEvent', (event) => {
        types.push(event.type);
        if (event.type === 'message_delta') cost = (event.usage as unknown as { cost: number }).cost;
      });
      const message = await stream.finalMessage();
      expect(message.content).toMatchObject([{ type: 'text', text: 'You said: Hello there' }]);
      expect(message).toMatchObject({ stop_reason: 'end_turn' });
      expect(types[0]).toBe('message_start');
      expect(types[1]).toBe('content_block_start');
      expect(types.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop']);
      const [row] = await stand.gateway.attemptsOf(stand.slugs[protocol]);
      expect(row).toMatchObject({ status: 'succeeded', stream: true, completion_tokens: message.usage.output_tokens });
      expect(cost).toBe(Number(row?.cost));
    });

    it.each([true, false])('thinks, calls a tool and goes on with its thoughts (streamed: %s)', async (streamed) => {
      const thinking = { type: 'enabled' as const, budget_tokens: 2_000 };
      const ask = { model: stand.slugs[protocol], max_tokens: 4_000, tools: [weather], thinking };
      const first = { role: 'user' as const, content: 'How is it in Rome?' };
      const calls = [
        { id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
        { id: 'call_2', name: 'weather', arguments: '{"city":"Oslo"}' },
      ];
      stand.answerOnce(protocol, { reasoning: 'hm', toolCalls: calls });
      const request = { ...ask, messages: [first] };
      const message = streamed ? await client.messages.stream(request).finalMessage() : await client.messages.create(request);
      expect(message.stop_reason).toBe('tool_use');
      expect(message.content.find(({ type }) => type === 'thinking')).toMatchObject({ thinking: 'hm' });
      const uses = message.content.filter((block) => block.type === 'tool_use');
      expect(uses).toMatchObject([
        { id: 'call_1', input: { city: 'Rome' } },
        { id: 'call_2', input: { city: 'Oslo' } },
      ]);
      const results = uses.map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'sunny' }));
      const next = { role: 'assistant' as const, content: message.content };
      const answer = await client.messages.create({ ...ask, messages: [first, next, { role: 'user', content: results }] });
      expect(answer.stop_reason).toBe('end_turn');
      const sent = JSON.stringify(stand.lastRequest(protocol)?.body);
      expect(sent).toContain('sunny');
      if (protocol !== 'openai-chat') expect(sent).toMatch(/hm.*signature|thoughtSignature/);
      // Google's word for a signature that got lost on the way.
      expect(sent).not.toContain('skip_thought_signature_validator');
    });

    it('is shown an image, and answers in JSON', async () => {
      const image = { type: 'image' as const, source: { type: 'base64' as const, media_type: 'image/png' as const, data: pixel } };
      const seen = await client.messages.create({
        model: stand.slugs[protocol],
        max_tokens: 100,
        messages: [{ role: 'user', content: [image, { type: 'text', text: 'What is it?' }] }],
      });
      expect(seen.content).toMatchObject([{ text: 'I see 1 image.' }]);
      const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
      const json = await client.messages.create({
        model: stand.slugs[protocol],
        max_tokens: 100,
        messages: hello,
        output_config: { format: { type: 'json_schema', schema } },
      });
      expect(json.content).toMatchObject([{ text: '{"city":"text"}' }]);
    });

    it('gets errors in its own shape, before and inside a stream, without a word of the provider', async () => {
      stand.answerOnce(protocol, { status: 429, body: { error: { message: `slow down ${standKey}` } }, headers: { 'retry-after': '60' } });
      const refused = await client.messages
        .create({ model: stand.slugs[protocol], max_tokens: 9, messages: hello })
        .catch((error) => error);
      expect(refused).toBeInstanceOf(Anthropic.RateLimitError);
      expect(refused.error).toMatchObject({ type: 'error', error: { type: 'rate_limit_error', code: 'rate_limited' } });
      expect(JSON.stringify(refused.error)).not.toContain('canary');

      stand.answerOnce(protocol, { chunks: ['One ', 'two ', 'three'], breakAfterChunks: 2, chunkDelayMs: 5 });
      const broken = await client.messages
        .stream({ model: stand.slugs[protocol], max_tokens: 9, messages: hello })
        .finalMessage()
        .catch((error) => error);
      expect(broken).toBeInstanceOf(Anthropic.APIError);
      expect(JSON.stringify(broken.error)).toContain('api_error');
      expect((await stand.gateway.attemptsOf(stand.slugs[protocol]))[0]).toMatchObject({
        status: 'incomplete',
        cause: 'connection_lost',
      });
    });

    it('goes away, and so does the call', async () => {
      const before = stand.abortsOf(protocol);
      stand.answerOnce(protocol, { chunks: ['One ', 'two '], hang: 'stream' });
      const stream = client.messages.stream({ model: stand.slugs[protocol], max_tokens: 9, messages: hello });
      const gone = stream.finalMessage().catch((error) => error);
      await new Promise<void>((resolve) => stream.on('text', () => resolve()));
      stream.abort();
      expect(await gone).toBeInstanceOf(Anthropic.APIUserAbortError);
      await expect.poll(() => stand.abortsOf(protocol)).toBe(before + 1);
      await expect
        .poll(async () => (await stand.gateway.attemptsOf(stand.slugs[protocol]))[0])
        .toMatchObject({ status: 'canceled', stream: true });
    });
  });

  it('is told the end of a stream whose server ends it without [DONE]', async () => {
    stand.answerOnce('openai-chat', { omitDone: true });
    const stream = client.messages.stream({ model: stand.slugs['openai-chat'], max_tokens: 9, messages: hello });
    expect(await stream.finalMessage()).toMatchObject({ stop_reason: 'end_turn', content: [{ text: 'You said: Hello there' }] });
  });

  describe('a model that speaks the Messages API itself', () => {
    it('gets the bytes of the caller, but for the name of the model, and its betas', async () => {
      const slug = stand.slugs['anthropic-messages'];
      const body = `{ "model" : "${slug}", "max_tokens": 9, "service_tier":"auto",\n "messages":[{"role":"user","content":[{"type":"text","text":"Hi \\u00e9","cache_control":{"type":"ephemeral"}}]}] }`;
      const headers = {
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'context-1m-2025-08-07,fast',
      };
      const answer = await fetch(`${stand.gateway.url}/messages`, { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
      const seen = stand.lastRequest('anthropic-messages');
      expect(seen?.bytes.toString()).toBe(body.replace(`"${slug}"`, '"claude-sonnet-4-5"'));
      expect(seen?.headers).toMatchObject({ 'anthropic-beta': 'context-1m-2025-08-07,fast', 'anthropic-version': '2023-06-01' });
      expect(answer.headers.get('x-pipelines-changes')).toBeNull();
    });

    it('keeps what another model cannot take: there it is refused, or told to be dropped', async () => {
      const tools = [{ type: 'web_search_20250305', name: 'web_search' }];
      const ask = (protocol: Protocol, body: object) =>
        fetch(`${stand.gateway.url}/messages`, {
          method: 'POST',
          body: JSON.stringify({ model: stand.slugs[protocol], max_tokens: 9, messages: hello, ...body }),
        });
      expect((await ask('anthropic-messages', { tools })).status).toBe(200);
      const refused = await ask('openai-chat', { tools });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'unsupported_parameter' } });
      const dropped = await ask('bedrock-converse', { service_tier: 'auto' });
      expect(dropped.status).toBe(200);
      expect(dropped.headers.get('x-pipelines-changes')).toContain('service_tier: dropped');
    });

    it.each([
      [{ model: 'nowhere' }, 404, 'not_found_error'],
      [{ max_tokens: 0 }, 400, 'invalid_request_error'],
      [{ temperature: 3 }, 400, 'invalid_request_error'],
      [{ messages: [{ role: 'system', content: 'x' }] }, 400, 'invalid_request_error'],
      [{ messages: [{ role: 'user', content: [7] }] }, 400, 'invalid_request_error'],
      [{ tool_choice: { type: 'some' } }, 400, 'invalid_request_error'],
      [{ thinking: { type: 'enabled' } }, 400, 'invalid_request_error'],
      [{ api_base: 'http://x' }, 400, 'invalid_request_error'],
    ])('refuses %j clearly', async (part, status, type) => {
      const body = JSON.stringify({ model: stand.slugs['anthropic-messages'], max_tokens: 9, messages: hello, ...part });
      const answer = await fetch(`${stand.gateway.url}/messages`, { method: 'POST', body });
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ type: 'error', error: { type } });
    });
  });
}
