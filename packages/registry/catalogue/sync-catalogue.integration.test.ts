import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PipelinesError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestRegistry, type TestRegistry } from '../__fixtures__/start-test-registry.ts';
import type { PlatformCatalogue } from './create-catalogue.ts';
import { seedPlatformModels } from './seed-platform-models.ts';

type Entry = Record<string, unknown> & { readonly id: string };

let answer: { status: number; body: string };
let entries: Entry[];
const source = createServer((_request, response) => {
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
let stand: TestRegistry;
let catalogue: PlatformCatalogue;
const signal = new AbortController().signal;
const sync = () => catalogue.sync(signal, { always: true });

beforeAll(async () => {
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  const { port } = source.address() as AddressInfo;
  stand = await startTestRegistry({ providerBaseUrls: { openrouter: `http://127.0.0.1:${port}/api/v1` } });
  catalogue = stand.registry.catalogue;
});
afterAll(async () => {
  await stand?.close();
  source.close();
});

beforeEach(async () => {
  const { platformModels, catalogueChanges } = schema;
  await stand.database.db.delete(platformModels);
  await stand.database.db.delete(catalogueChanges);
  await seedPlatformModels(stand.database);
  entries = (await stand.database.db.select().from(platformModels)).map((row) => ({
    id: row.slug,
    name: `Vendor: ${row.displayName}`,
    context_length: row.contextTokens,
    top_provider: { max_completion_tokens: row.maxTokens },
    pricing: {
      prompt: row.inputCostPerToken,
      completion: row.outputCostPerToken,
      input_cache_read: row.cacheReadCostPerToken,
      input_cache_write: row.cacheWriteCostPerToken,
      overrides: row.priceTiers.map((tier) => ({
        min_prompt_tokens: tier.abovePromptTokens,
        prompt: tier.input,
        completion: tier.output,
        input_cache_read: tier.cacheRead,
      })),
    },
    supported_parameters: [
      ...(row.toolUse ? ['tools'] : []),
      ...(row.jsonMode ? ['response_format'] : []),
      ...(row.reasoning ? ['reasoning'] : []),
    ],
    architecture: { input_modalities: row.inputModalities, output_modalities: ['text'] },
    reasoning: row.reasoningEfforts ? { mandatory: false, supported_efforts: row.reasoningEfforts } : undefined,
  }));
  list(entries);
});

const list = (data: readonly Entry[]) => {
  answer = { status: 200, body: JSON.stringify({ data }) };
};
const edit = (slug: string, change: Record<string, unknown>) =>
  list(entries.map((entry) => (entry.id === slug ? { ...entry, ...change } : entry)));
const changesOf = async (of: 'offered' | 'all' = 'all') =>
  (await catalogue.listChanges({ limit: 200, of })).data.map(({ slug, kind, fields }) => ({ slug, kind, fields }));

describe('syncCatalogue', () => {
  it('finds nothing new in a list that says what is known', async () => {
    expect(await sync()).toMatchObject({ outcome: 'unchanged', models: entries.length, changes: 0, fix: null });
    expect(await changesOf()).toEqual([]);
  });

  it('takes over the rest of a list in which some entries cannot be', async () => {
    list([
      ...entries,
      { id: 'acme/huge', context_length: 9_007_199_254_740_991, top_provider: { max_completion_tokens: 3_000_000_000 } },
      { id: 'acme/half\ud800' },
      { id: 'acme/nul\0', name: 'Nul' },
      { id: 'acme/mödel' },
      { id: 'acme/named', name: 'Vendor: Na\0med', expiration_date: '2026-02-31' },
    ]);
    expect(await sync()).toMatchObject({ outcome: 'updated', changes: 2 });
    const { data } = await catalogue.listModels({ limit: 200, search: 'acme' }, null);
    expect(data.map(({ slug, display_name, context_tokens }) => [slug, display_name, context_tokens])).toEqual([
      ['acme/huge', 'acme/huge', null],
      ['acme/named', 'acme/named', null],
    ]);
  });

  it('takes over prices with tiers, limits, efforts and the end of a model, and writes down each', async () => {
    edit('x-ai/grok-4', {
      context_length: 300_000,
      pricing: {
        prompt: '0.000004',
        completion: '0.000015',
        input_cache_read: '0.00000075',
        audio: '0.00001',
        web_search: '0.005',
        overrides: [{ min_prompt_tokens: 128_000, prompt: '0.000008', audio: '0.00002' }],
      },
      reasoning: { mandatory: true, supported_efforts: ['high'] },
      expiration_date: '2099-01-31',
    });
    expect(await sync()).toMatchObject({ outcome: 'updated', changes: 1 });
    const tier = {
      ...{ above_prompt_tokens: 128_000, input_cost_per_token: '0.000008', output_cost_per_token: null },
      audio_input_cost_per_token: '0.00002',
    };
    expect(await stand.registry.getModel(stand.admin.organizationId, 'x-ai/grok-4')).toMatchObject({
      display_name: 'Grok 4',
      context_tokens: 300_000,
      input_cost_per_token: '0.000004',
      audio_input_cost_per_token: '0.00001',
      cost_per_web_search: '0.005',
      price_source: 'provider',
      price_tiers: [tier],
      reasoning_efforts: ['high'],
      retires_on: '2099-01-31',
      listed: true,
    });
    const [change] = await changesOf('offered');
    expect(change).toMatchObject({ slug: 'x-ai/grok-4', kind: 'changed' });
    expect(change?.fields.map(({ field }) => field)).toEqual([
      'context_tokens',
      'reasoning_efforts',
      'input_cost_per_token',
      'audio_input_cost_per_token',
      'cost_per_web_search',
      'price_tiers',
      'retires_on',
    ]);
    expect(change?.fields[2]).toEqual({ field: 'input_cost_per_token', before: '0.000003', after: '0.000004' });
    // What the source has said since the release outlives the next start.
    await seedPlatformModels(stand.database);
    expect((await stand.registry.getModel(stand.admin.organizationId, 'x-ai/grok-4')).input_cost_per_token).toBe('0.000004');
  });

  it('charges new calls at the new prices at once', async () => {
    edit('x-ai/grok-4', {
      pricing: { prompt: '0.000009', completion: '0.00001', overrides: [{ min_prompt_tokens: 10, prompt: '0.00001' }] },
    });
    await sync();
    await expect
      .poll(() => stand.registry.resolve(stand.admin.organizationId, 'x-ai/grok-4')?.prices)
      .toMatchObject({ input: '0.000009', output: '0.00001', tiers: [{ abovePromptTokens: 10, input: '0.00001' }] });
  });

  it('knows new models without offering them, until the operator pins them', async () => {
    list([...entries, { id: 'acme/new-1', name: 'Acme: New 1', pricing: { prompt: '0.000001', completion: '0.000002' } }]);
    expect(await sync()).toMatchObject({ changes: 1 });
    expect(await changesOf()).toEqual([{ slug: 'acme/new-1', kind: 'added', fields: [] }]);
    expect(await changesOf('offered')).toEqual([]);
    const { organizationId } = stand.admin;
    await expect(stand.registry.getModel(organizationId, 'acme/new-1')).rejects.toMatchObject({ code: 'model_not_found' });
    expect(stand.registry.resolve(organizationId, 'acme/new-1')).toBeNull();

    await catalogue.pin('acme/new-1');
    await expect.poll(() => stand.registry.resolve(organizationId, 'acme/new-1')?.active).toBe(true);
    const { data } = await stand.registry.listModels(organizationId, { limit: 50 });
    expect(data.at(9)).toMatchObject({ slug: 'acme/new-1', display_name: 'New 1', kind: 'platform' });

    await catalogue.unpin('acme/new-1');
    await expect.poll(() => stand.registry.resolve(organizationId, 'acme/new-1')?.active).toBe(false);
    expect((await changesOf('offered')).map(({ kind }) => kind)).toEqual(['unpinned', 'pinned', 'added']);
    await expect(catalogue.pin('acme/unheard-of')).rejects.toMatchObject({ code: 'model_not_found' });
    await expect(catalogue.unpin('google/gemini-3.1-pro-preview')).rejects.toMatchObject({ code: 'default_model_protected' });
  });

  it('keeps a model that is listed no more, marked, and notes its return', async () => {
    list(entries.filter(({ id }) => id !== 'openai/gpt-5.2'));
    expect(await sync()).toMatchObject({ outcome: 'updated', changes: 1 });
    const get = () => stand.registry.getModel(stand.admin.organizationId, 'openai/gpt-5.2');
    expect(await get()).toMatchObject({ listed: false, active: true });
    expect(stand.registry.resolve(stand.admin.organizationId, 'openai/gpt-5.2')?.active).toBe(true);
    list(entries);
    await sync();
    expect(await get()).toMatchObject({ listed: true });
    expect((await changesOf('offered')).map(({ kind }) => kind)).toEqual(['relisted', 'delisted']);
  });

  it.each([
    ['a refusal', 401, '{"error":{"message":"No auth"}}'],
    ['a page', 200, '<html>CNRY</html>'],
    ['an empty list', 200, '{"data":[]}'],
    ['nonsense', 200, '{"data":[null,7,{"id":5},{"id":""}]}'],
    ['a list that has lost most of its models', 200, JSON.stringify({ data: [{ id: 'a/b' }, { id: 'c/d' }] })],
  ])('changes nothing on %s, and says why', async (_name, status, body) => {
    answer = { status, body };
    const before = await stand.database.db.select().from(schema.platformModels);
    const result = await sync();
    expect(result).toMatchObject({ outcome: 'failed', changes: 0 });
    expect(result.fix).not.toBeNull();
    expect(JSON.stringify(result)).not.toContain('CNRY');
    expect(await stand.database.db.select().from(schema.platformModels)).toEqual(before);
    expect((await catalogue.describe()).last_sync).toMatchObject({ outcome: 'failed', message: result.message });
  });

  it('is asked of the source once a minute at most, and two at once agree', async () => {
    edit('x-ai/grok-4', { context_length: 123_456 });
    await Promise.all([sync(), sync()]);
    expect(await changesOf()).toHaveLength(1);
    const refused = await catalogue.sync(signal).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PipelinesError);
    expect(refused).toMatchObject({ code: 'rate_limited' });
  });
});

describe('listModels', () => {
  it('pages through all, and finds by name', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalogue.listModels({ limit: 200, cursor }, null);
      seen.push(...page.data.map(({ slug }) => slug));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(entries.length);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await catalogue.listModels({ limit: 200, offered: 'true' }, null)).data).toHaveLength(9);
    expect((await catalogue.listModels({ limit: 5, search: 'GROK 4.1 fast' }, stand.admin.organizationId)).data[0]).toMatchObject({
      slug: 'x-ai/grok-4.1-fast',
      offered: true,
    });
    await expect(catalogue.listModels({ limit: 5, cursor: 'AAA' }, null)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
