import type { Protocol } from '@pipelines/contracts';
import OpenAI from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, standKey } from '../../__fixtures__/open-protocol-stand.ts';

const models: readonly (readonly [protocol: Protocol, model: string, tokens: number | null])[] = [
  ['openai-chat', 'bge-m3', 1],
  ['gemini-generate', 'gemini-embedding-001', null],
  ['bedrock-converse', 'amazon.titan-embed-text-v2:0', 3],
  ['bedrock-converse', 'cohere.embed-english-v3', 5],
];

/** What the official client of embeddings sees, whatever the model speaks. */
export function describeEmbeddings(openStand: () => ProtocolStand): void {
  let stand: ProtocolStand;
  let client: OpenAI;
  const slugs = new Map<string, string>();
  beforeAll(async () => {
    stand = openStand();
    client = new OpenAI({ apiKey: 'ppl_any', baseURL: stand.gateway.url, maxRetries: 0 });
    for (const [protocol, model] of models) slugs.set(model, await stand.addEmbeddings(protocol, model));
  });

  describe.each(models)('embeddings before a model of %s: %s', (_, model, tokens) => {
    it.each(['float', 'base64'] as const)('are vectors, counted and charged (%s on the wire)', async (format) => {
      const slug = slugs.get(model) as string;
      const asked = format === 'float' ? { encoding_format: format } : {};
      const { data, response } = await client.embeddings.create({ model: slug, input: 'Hello', ...asked }).withResponse();
      expect(data.data).toEqual([{ object: 'embedding', index: 0, embedding: [5, 0.5] }]);
      expect(data.model).toBe(model);
      const [row] = await stand.gateway.attemptsOf(slug);
      expect(row).toMatchObject({ status: 'succeeded', prompt_tokens: tokens, cost: tokens === null ? null : `0.000000${tokens}` });
      if (tokens !== null) expect(data.usage).toMatchObject({ prompt_tokens: tokens, cost: Number(row?.cost) });
      expect(response.headers.get('x-pipelines-model')).toBe(slug);
    });
  });

  it('pass the bytes of the caller, lists of tokens included', async () => {
    const slug = slugs.get('bge-m3') as string;
    const body = `{"model" : "${slug}","input":[[1,2],[3]], "dimensions":2, "user":"u_1"}`;
    const answer = await fetch(`${stand.gateway.url}/embeddings`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(stand.lastRequest('openai-chat')?.bytes.toString()).toBe(body.replace(slug, 'bge-m3'));
  });

  it('are made of several texts at once where the model takes them', async () => {
    for (const model of ['gemini-embedding-001', 'cohere.embed-english-v3']) {
      const { data } = await client.embeddings.create({ model: slugs.get(model) as string, input: ['a', 'bcd'] });
      expect(data.map(({ embedding }) => embedding[0])).toEqual([1, 3]);
    }
    const refused = await client.embeddings
      .create({ model: slugs.get('amazon.titan-embed-text-v2:0') as string, input: ['a', 'b'] })
      .catch((error) => error);
    expect(refused).toMatchObject({ status: 400, code: 'unsupported_parameter', param: 'input' });
    const tokens = await client.embeddings
      .create({ model: slugs.get('gemini-embedding-001') as string, input: [[1, 2]] })
      .catch((error) => error);
    expect(tokens).toMatchObject({ status: 400, code: 'unsupported_parameter', param: 'input' });
  });

  it("are told errors of ours, and never the provider's", async () => {
    stand.answerOnce('openai-chat', { status: 401, body: { error: { message: `wrong ${standKey}` } } });
    const refused = await client.embeddings.create({ model: slugs.get('bge-m3') as string, input: 'Hello' }).catch((error) => error);
    expect(refused).toMatchObject({ status: 502, code: 'upstream_error' });
    expect(refused.message).not.toContain('canary');
  });

  it('are for models of embeddings only, as chats are for models that chat', async () => {
    const chat = stand.slugs['openai-chat'];
    const embed = slugs.get('bge-m3') as string;
    const wrong = await client.embeddings.create({ model: chat, input: 'Hello' }).catch((error) => error);
    expect(wrong).toMatchObject({ status: 400, code: 'model_task_mismatch' });
    const other = await client.chat.completions
      .create({ model: embed, messages: [{ role: 'user', content: 'Hi' }] })
      .catch((error) => error);
    expect(other).toMatchObject({ status: 400, code: 'model_task_mismatch' });
    await expect(stand.addEmbeddings('anthropic-messages', 'claude-embed')).rejects.toThrow('feature_unsupported');
  });

  it.each([
    [{ input: '' }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [1.5] }, 'input'],
    [{ dimensions: 0 }, 'dimensions'],
    [{ encoding_format: 'int8' }, 'encoding_format'],
    [{ stream: true }, 'stream'],
  ])('of %j are refused clearly', async (part, param) => {
    const body = JSON.stringify({ model: slugs.get('bge-m3'), input: 'Hello', ...part });
    const answer = await fetch(`${stand.gateway.url}/embeddings`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request', param } });
  });
}
