import Anthropic from '@anthropic-ai/sdk';
import { type AskedCall, openAdmission, PipelinesError, type Protocol } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, standKey } from '../../__fixtures__/open-protocol-stand.ts';

const counting = ['anthropic-messages', 'gemini-generate', 'bedrock-converse'] as const;
const none = { json_mode: false, vision: false, tool_use: false, reasoning: false };
const weather = { name: 'weather', description: 'The weather of a city.', input_schema: { type: 'object' as const } };
const prompt = { system: 'Be very brief.', messages: [{ role: 'user' as const, content: 'Hello there' }], tools: [weather] };

/** What the official client of the Messages API is told of the length of its prompts. */
export function describeCounting(openStand: () => ProtocolStand): void {
  describe('the tokens of a prompt', () => {
    let stand: ProtocolStand;
    let client: Anthropic;
    beforeAll(() => {
      stand = openStand();
      client = new Anthropic({ apiKey: 'ppl_any', baseURL: stand.gateway.url.replace(/\/v1$/, ''), maxRetries: 0 });
    });
    afterAll(() => stand.gateway.admitBy(openAdmission));

    const countBy = (protocol: Protocol, more: object = {}) =>
      client.messages.countTokens({ model: stand.slugs[protocol], ...prompt, ...more });
    const errorOf = async (call: Promise<unknown>): Promise<InstanceType<typeof Anthropic.APIError>> => {
      const error = await call.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Anthropic.APIError);
      return error as InstanceType<typeof Anthropic.APIError>;
    };

    it.each(counting)('are counted by the provider of a model of %s: no row, no cost', async (protocol) => {
      const rows = (await stand.gateway.attemptsOf(stand.slugs[protocol])).length;
      const { data, response } = await countBy(protocol).withResponse();
      expect(data).toEqual({ input_tokens: 5 });
      expect(response.headers.get('x-pipelines-model')).toBe(stand.slugs[protocol]);
      expect(response.headers.get('request-id')).toBe(response.headers.get('x-request-id'));
      expect(response.headers.get('x-pipelines-changes')).toBeNull();
      expect(JSON.stringify(stand.lastRequest(protocol)?.body)).toContain('The weather of a city.');
      expect(await stand.gateway.attemptsOf(stand.slugs[protocol])).toHaveLength(rows);
    });

    it('are as many as a message then takes', async () => {
      const { input_tokens } = await countBy('anthropic-messages');
      const message = await client.messages.create({ model: stand.slugs['anthropic-messages'], max_tokens: 9, ...prompt });
      expect(message.usage.input_tokens).toBe(input_tokens);
    });

    it('go to Claude in the bytes of the caller, with its betas, and what it tells besides comes back', async () => {
      const slug = stand.slugs['anthropic-messages'];
      expect(await client.beta.messages.countTokens({ model: slug, ...prompt, betas: ['context-1m-2025-08-07'] })).toEqual({
        input_tokens: 5,
        context_management: null,
      });
      const seen = stand.lastRequest('anthropic-messages');
      expect(seen?.headers['anthropic-beta']).toBe('context-1m-2025-08-07,token-counting-2024-11-01');
      expect(seen?.bytes.toString()).toBe(JSON.stringify({ model: 'claude-sonnet-4-5', ...prompt }));
    });

    it('are never guessed where the provider has no way to count', async () => {
      const before = stand.lastRequest('openai-chat');
      const refused = await errorOf(countBy('openai-chat'));
      expect(refused).toBeInstanceOf(Anthropic.BadRequestError);
      expect(refused.error).toMatchObject({ type: 'error', error: { type: 'invalid_request_error', code: 'count_unsupported' } });
      expect(refused.message).toContain('has no way to count');
      expect(stand.lastRequest('openai-chat')).toBe(before);
      stand.answerOnce('anthropic-messages', { status: 404, body: 'not here' });
      expect((await errorOf(countBy('anthropic-messages'))).error).toMatchObject({ error: { code: 'count_unsupported' } });
    });

    it('are refused as a message is', async () => {
      const plain = await stand.addModel('anthropic-messages', 'Plain counter', { capabilities: none });
      expect((await errorOf(countBy('anthropic-messages', { model: plain }))).error).toMatchObject({
        error: { code: 'capability_missing' },
      });
      stand.gateway.answerUnsupported('drop');
      const { data, response } = await countBy('anthropic-messages', { model: plain }).withResponse();
      stand.gateway.answerUnsupported('refuse');
      expect(data).toEqual({ input_tokens: 5 });
      expect(response.headers.get('x-pipelines-changes')).toBe("tools: dropped, the model's Tool use is off");
      expect(stand.lastRequest('anthropic-messages')?.body).not.toHaveProperty('tools');

      stand.gateway.limitTo(['another']);
      const forbidden = await errorOf(countBy('anthropic-messages'));
      stand.gateway.limitTo(null);
      expect([forbidden.status, forbidden.error]).toMatchObject([403, { error: { type: 'permission_error', code: 'model_not_allowed' } }]);
      expect(await errorOf(countBy('anthropic-messages', { model: 'nobody' }))).toBeInstanceOf(Anthropic.NotFoundError);
      expect(await errorOf(countBy('anthropic-messages', { messages: [] }))).toBeInstanceOf(Anthropic.BadRequestError);
      const server = [{ type: 'web_search_20250305', name: 'web_search' }];
      expect((await errorOf(countBy('gemini-generate', { tools: server }))).error).toMatchObject({
        error: { code: 'unsupported_parameter' },
      });
    });

    it('are told with no word of a provider that fails', async () => {
      const slug = await stand.addModel('gemini-generate', 'Counter');
      stand.answerOnce('gemini-generate', {
        status: 429,
        body: { error: { message: `slow ${standKey}` } },
        headers: { 'retry-after': '7' },
      });
      const failed = await errorOf(countBy('gemini-generate', { model: slug }));
      expect(failed).toBeInstanceOf(Anthropic.RateLimitError);
      expect(JSON.stringify(failed.error)).not.toContain('canary');
      // The pace of counting is not that of messages: the route serves on.
      expect(await countBy('gemini-generate', { model: slug })).toEqual({ input_tokens: 5 });
      expect(stand.gateway.gateway.listRouteStates(stand.gateway.principal.organizationId, slug)).toMatchObject([{ state: 'serving' }]);
    });

    it('are asked of another credential of the model where one fails', async () => {
      const slug = await stand.addModel('anthropic-messages', 'Two keys');
      await stand.addRoute('anthropic-messages', slug);
      stand.answerOnce('anthropic-messages', { status: 529, body: { type: 'error', error: { type: 'overloaded_error', message: 'x' } } });
      expect(await countBy('anthropic-messages', { model: slug })).toEqual({ input_tokens: 5 });
    });

    it('stand under the limit of calls a minute, and under nothing else', async () => {
      const asked: AskedCall[] = [];
      stand.gateway.admitBy({
        admit(call) {
          asked.push(call);
          return openAdmission.admit(call);
        },
      });
      await countBy('bedrock-converse');
      expect(asked).toMatchObject([{ slug: stand.slugs['bedrock-converse'], free: true }]);
      stand.gateway.admitBy({
        admit() {
          throw new PipelinesError('rate_limited', { retryAfterSeconds: 9 });
        },
      });
      const before = stand.lastRequest('bedrock-converse');
      const limited = await errorOf(countBy('bedrock-converse'));
      expect([limited.status, limited.headers?.get('retry-after')]).toEqual([429, '9']);
      expect(stand.lastRequest('bedrock-converse')).toBe(before);
    });
  });
}
