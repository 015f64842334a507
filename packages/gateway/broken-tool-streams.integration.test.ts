import Anthropic from '@anthropic-ai/sdk';
import { schema } from '@pipelines/database';
import { weatherTool } from '@pipelines/providers/testing';
import { and, eq } from 'drizzle-orm';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const call = { id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' };
const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
  const { gateway, slug } = stand;
  const { models } = schema;
  // As a probe that has found it leaves the model.
  await gateway.database.db
    .update(models)
    .set({ quirks: { streamedTools: false } })
    .where(and(eq(models.organizationId, gateway.principal.organizationId), eq(models.slug, slug)));
  await gateway.registry.updateModel(gateway.principal, slug, { display_name: 'Broken streams' });
});
afterAll(() => stand?.close());

describe('a stream of a model whose own streams tell no whole tool calls', () => {
  it('is answered whole and told as a stream, at the same cost, to the official client', async () => {
    stand.upstream.answerOnce({ toolCalls: [call], usage }, { toolCalls: [call], usage });
    const client = new OpenAI({ baseURL: stand.gateway.url, apiKey: 'none', maxRetries: 0 });
    const request = { model: stand.slug, messages: [{ role: 'user' as const, content: 'Rome?' }], tools: [weatherTool as never] };
    const whole = await client.chat.completions.create(request);
    const { data: stream, response } = await client.chat.completions
      .create({ ...request, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-pipelines-changes')).toContain('stream: answered whole');
    expect(chunks[0]?.choices[0]?.delta.tool_calls).toMatchObject([{ index: 0, ...whole.choices[0]?.message.tool_calls?.[0] }]);
    expect(chunks[1]?.choices[0]?.finish_reason).toBe('tool_calls');
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(JSON.parse(stand.upstream.requests.at(-1)?.bytes.toString() ?? '')).toMatchObject({ stream: false });
    const [streamed, unstreamed] = await stand.gateway.attemptsOf(stand.slug);
    expect([streamed?.status, streamed?.cost, streamed?.finish_reason]).toEqual(['succeeded', unstreamed?.cost, 'tool_calls']);
  });

  it('comes in the events of another dialect too', async () => {
    stand.upstream.answerOnce({ toolCalls: [call], usage });
    const client = new Anthropic({ baseURL: stand.gateway.url.replace(/\/v1$/, ''), apiKey: 'none', maxRetries: 0 });
    const message = await client.messages
      .stream({
        model: stand.slug,
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Rome?' }],
        tools: [{ name: 'weather', input_schema: { type: 'object' } }],
      })
      .finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', name: 'weather', input: { city: 'Rome' } }],
      usage: { input_tokens: 100, output_tokens: 10 },
    });
  });

  it('streams as ever without tools, and tells errors as ever', async () => {
    const plain = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    expect(plain.headers['x-pipelines-changes']).toBeUndefined();
    expect(plain.events.length).toBeGreaterThan(3);
    stand.upstream.answerOnce({ status: 400, body: { error: { message: 'CNRY no', type: 'invalid_request_error', code: null } } });
    const refused = await postChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true, tools: [weatherTool] });
    expect([refused.status, refused.headers['content-type']]).toEqual([400, 'application/json']);
    expect(refused.text).not.toContain('CNRY');
  });
});
