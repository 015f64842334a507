import type { ChatMessage } from '@pipelines/contracts';
import { type FakeAnthropic, type FakeGemini, startFakeAnthropic, startFakeGemini, weatherTool } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const key = 'sk-ant-api03-canary-0000000000000001';
const question: ChatMessage[] = [{ role: 'user', content: 'How is it in Rome?' }];
const script = { reasoning: 'hm', toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }] };
const result: ChatMessage = { role: 'tool', tool_call_id: 'call_1', content: 'sunny' };
const thinking = { tools: [weatherTool], reasoning_effort: 'high', max_tokens: 4_000 };
const prices = { input_cost_per_token: '0.000003', output_cost_per_token: '0.000015' };

let gateway: TestGateway;
let anthropic: FakeAnthropic;
let google: FakeGemini;
beforeAll(async () => {
  anthropic = await startFakeAnthropic({ apiKey: key });
  google = await startFakeGemini({ apiKey: key });
  gateway = await openTestGateway({ providerBaseUrls: { anthropic: anthropic.baseUrl, google: google.baseUrl } });
});
afterAll(async () => {
  await gateway.close();
  await anthropic.close();
  await google.close();
});

interface Streamed {
  readonly choices: readonly { readonly delta: Record<string, unknown>; readonly finish_reason: string | null }[];
}

/** What a client keeps of an answer that it streamed. */
function keep(events: readonly string[]): ChatMessage {
  const deltas = events
    .filter((event) => event !== '[DONE]')
    .flatMap((event) => (JSON.parse(event) as Streamed).choices.map(({ delta }) => delta));
  const details = deltas.flatMap((delta) => (delta.reasoning_details ?? []) as NonNullable<ChatMessage['reasoning_details']>);
  const pieces = deltas.flatMap((delta) => (delta.tool_calls ?? []) as { id?: string; function: { arguments: string } }[]);
  const text = pieces.map((piece) => piece.function.arguments).join('');
  const calls = pieces
    .filter((piece) => piece.id !== undefined)
    .map((piece) => ({ ...piece, function: { ...piece.function, arguments: text } }));
  return { role: 'assistant', content: null, reasoning_details: details, tool_calls: calls as unknown as ChatMessage['tool_calls'] };
}

describe('thoughts and signatures survive a tool loop through the gateway', () => {
  it.each([
    ['claude-sonnet-4-5', 'anthropic', 'x-api-key'],
    ['claude-opus-4-8', 'anthropic', 'x-api-key'],
    ['gemini-3.1-pro-preview', 'google', 'x-goog-api-key'],
  ] as const)('of %s at %s, whole and streamed', async (model, provider, keyHeader) => {
    const upstream = provider === 'anthropic' ? anthropic : google;
    const connection = { provider, auth_kind: 'api_key', provider_model_id: model, credential: { api_key: key } } as const;
    const slug = await gateway.addModel(connection, model, { ...prices, reasoning_parameter: 'effort' });
    upstream.answerOnce(script, script);
    const whole = await postChat(gateway.url, { model: slug, messages: question, ...thinking });
    expect(whole.json).toMatchObject({ choices: [{ finish_reason: 'tool_calls', message: { reasoning: 'hm' } }] });
    const streamed = await postChat(gateway.url, { model: slug, messages: question, ...thinking, stream: true });
    const { message } = (whole.json as { choices: [{ message: ChatMessage }] }).choices[0];
    for (const kept of [message, keep(streamed.events)]) {
      const answer = await postChat(gateway.url, { model: slug, messages: [...question, kept, result], ...thinking });
      expect(answer.json).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
      expect(upstream.requests.at(-1)).toMatchObject({ headers: { [keyHeader]: key } });
      expect(JSON.stringify(upstream.requests.at(-1)?.body)).toMatch(/hm.*signature|thoughtSignature.*thinkingLevel/);
      expect(answer.headers['x-pipelines-changes']).toBeUndefined();
    }
    const rows = await gateway.attemptsOf(slug);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatchObject({ status: 'succeeded', provider, cost: expect.stringMatching(/^0\.0/) });
  });

  it.each([
    ['claude-sonnet-4-5', 'anthropic'],
    ['gemini-3.1-pro-preview', 'google'],
  ] as const)('of %s at %s, in a call that somebody watches', async (model, provider) => {
    const upstream = provider === 'anthropic' ? anthropic : google;
    const connection = { provider, auth_kind: 'api_key', provider_model_id: model, credential: { api_key: key } } as const;
    const slug = await gateway.addModel(connection, `Watched ${model}`, { ...prices, reasoning_parameter: 'effort' });
    const ask = (messages: readonly ChatMessage[]) =>
      gateway.completeChatOnce({
        principal: gateway.principal,
        body: { model: slug, messages, ...thinking },
        requestId: 'req_watched',
        source: 'workflow',
        signal: AbortSignal.timeout(10_000),
        onPiece: () => {},
      });
    upstream.answerOnce(script);
    const { message } = await ask(question);
    expect(await ask([...question, message, result])).toMatchObject({ finishReason: 'stop', changes: null });
    expect(JSON.stringify(upstream.requests.at(-1)?.body)).toMatch(/"thinking":"hm","signature"|"thoughtSignature"/);
  });

  it('says what was dropped for the model, in a header', async () => {
    const connection = {
      provider: 'anthropic',
      auth_kind: 'api_key',
      provider_model_id: 'claude-opus-4-7',
      credential: { api_key: key },
    } as const;
    const slug = await gateway.addModel(connection, 'Cool', prices);
    const { status, headers } = await postChat(gateway.url, { model: slug, messages: question, max_tokens: 9, temperature: 0.2, seed: 1 });
    expect(status).toBe(200);
    expect(headers['x-pipelines-changes']).toContain('temperature: dropped, this model takes none');
    expect(headers['x-pipelines-changes']).toContain('seed: dropped, Anthropic has no such parameter');
  });
});
