import { callableModelSchema, modelSchema, pricePeriodPageSchema, priceProposalPageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { never, saving } from '../__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from '../__fixtures__/start-test-registry.ts';
import { checkDuePrices } from './keep-checking.ts';
import { recordPlatformPrices } from './record-prices.ts';

const key = 'tgp_v1_PriceBookKey4c1e';
const together = { provider: 'together', auth_kind: 'api_key', credential: { api_key: key }, provider_model_id: 'acme/llama' } as const;
const listed = { input_cost_per_token: '0.00000088', output_cost_per_token: '0.00000088' };
const tier = {
  above_prompt_tokens: 128_000,
  input_cost_per_token: '0.000002',
  output_cost_per_token: null,
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: '0.000009',
  audio_input_cost_per_token: '0.00004',
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
};

let stand: TestRegistry;
let provider: FakeOpenAi;
beforeAll(async () => {
  provider = await startFakeOpenAi({ variant: 'together', apiKey: key, models: ['acme/llama'] });
  stand = await startTestRegistry({ providerBaseUrls: { together: provider.baseUrl } });
});
afterAll(async () => {
  await stand?.close();
  await provider?.close();
});

let made = 0;
async function addModel(prices: Record<string, unknown> = listed) {
  const { registry, admin } = stand;
  const { id } = await registry.testConnection(admin, together, never);
  made += 1;
  return (await registry.createModel(admin, saving(together, id, { display_name: `Priced ${made}`, ...prices }))).slug;
}
const modelOf = (slug: string) => stand.registry.getModel(stand.admin.organizationId, slug);
const periodsOf = async (slug: string) =>
  pricePeriodPageSchema.parse(await stand.registry.priceBook.listPrices(stand.admin.organizationId, slug, { limit: 50 }));
const proposalsOf = async (slug: string) =>
  priceProposalPageSchema.parse(await stand.registry.priceBook.listProposals(stand.admin.organizationId, { limit: 50, slug })).data;
const check = (slug: string) => stand.registry.priceBook.checkPrices(stand.admin, slug, never);
const says = (input: number, output = input) => provider.setListedPrices({ input, output });

describe('the prices of a custom model', () => {
  it('are all that it is charged at, the same in each list and for each call', async () => {
    const prices = {
      ...listed,
      cache_read_cost_per_token: '0.0000001',
      cache_write_cost_per_token: '0.000001',
      reasoning_cost_per_token: '0.000003',
      audio_input_cost_per_token: '0.000032',
      audio_output_cost_per_token: '0.000064',
      audio_cache_read_cost_per_token: '0.0000025',
      cost_per_request: '0.005',
      cost_per_image: '0.002',
      cost_per_web_search: '0.01',
      price_tiers: [{ ...tier, above_prompt_tokens: 256_000 }, tier],
    };
    const slug = await addModel(prices);
    const sorted = { ...prices, price_tiers: [tier, { ...tier, above_prompt_tokens: 256_000 }] };
    expect(modelSchema.parse(await modelOf(slug))).toMatchObject({ ...sorted, price_source: 'manual', price_url: null });
    const { organizationId } = stand.admin;
    const callable = stand.registry.listCallable(organizationId, new Set([slug]));
    expect(callableModelSchema.parse(callable[0])).toMatchObject(sorted);
    expect(stand.registry.resolve(organizationId, slug)?.prices).toMatchObject({
      input: '0.00000088',
      reasoning: '0.000003',
      request: '0.005',
      image: '0.002',
      audioInput: '0.000032',
      audioOutput: '0.000064',
      audioCacheRead: '0.0000025',
      webSearch: '0.01',
      source: 'manual',
      tiers: [
        { abovePromptTokens: 128_000, input: '0.000002', output: null, reasoning: '0.000009', audioInput: '0.00004' },
        { abovePromptTokens: 256_000 },
      ],
    });
  });

  it('keep the source that suggested them with its date and link, and take from it what was left out', async () => {
    provider.setListedPrices({ input: 0.5, output: 1, cached_input: 0.05 });
    const suggested = { input_cost_per_token: '0.0000005', output_cost_per_token: '0.000001', price_source: 'provider' };
    expect(await modelOf(await addModel(suggested))).toMatchObject({
      cache_read_cost_per_token: '0.00000005',
      price_source: 'provider',
      price_dated: new Date().toISOString().slice(0, 10),
      price_url: 'https://www.together.ai/pricing',
    });
    const other = await addModel({ ...suggested, cache_read_cost_per_token: '0.00000004' });
    expect(await modelOf(other)).toMatchObject({ price_source: 'manual', price_dated: null, price_url: null });
    says(0.88);
  });

  it('have a history: each set with its time and who set it, and no new one for the same prices', async () => {
    const slug = await addModel();
    await stand.registry.updateModel(stand.colleague, slug, { cost_per_request: '0.01', cost_per_web_search: '0.02' });
    await stand.registry.updateModel(stand.admin, slug, { cost_per_request: '0.010', display_name: 'Same prices' });
    await stand.registry.updateModel(stand.admin, slug, {
      input_cost_per_token: null,
      output_cost_per_token: null,
      cost_per_request: null,
      cost_per_web_search: null,
    });
    const { data } = await periodsOf(slug);
    expect(data).toMatchObject([
      { input_cost_per_token: null, price_source: null, until: null, set_by: { id: stand.admin.actor.id } },
      {
        ...listed,
        cost_per_request: '0.01',
        cost_per_web_search: '0.02',
        price_source: 'manual',
        set_by: { id: stand.colleague.actor.id, name: 'Ada' },
      },
      { ...listed, cost_per_request: null, price_source: 'manual' },
    ]);
    expect([data[1]?.until, data[2]?.until]).toEqual([data[0]?.since, data[1]?.since]);
    const { organizationId } = stand.admin;
    const first = await stand.registry.priceBook.listPrices(organizationId, slug, { limit: 1 });
    const rest = await stand.registry.priceBook.listPrices(organizationId, slug, { limit: 5, cursor: first.next_cursor ?? '' });
    expect([...first.data, ...rest.data]).toEqual(data);
    expect(rest.next_cursor).toBeNull();
  });

  it('of a platform model are those of its source, and a change of them begins a new time', async () => {
    const slug = 'openai/gpt-5.2';
    expect((await periodsOf(slug)).data).toMatchObject([{ input_cost_per_token: '0.00000175', until: null, set_by: null }]);
    const { platformModels } = schema;
    await stand.database.db.transaction(async (tx) => {
      await tx.update(platformModels).set({ inputCostPerToken: '0.000002', sourceAt: sql`now()` }).where(eq(platformModels.slug, slug));
      await recordPlatformPrices(tx);
      await recordPlatformPrices(tx);
    });
    expect((await periodsOf(slug)).data).toMatchObject([{ input_cost_per_token: '0.000002' }, { input_cost_per_token: '0.00000175' }]);
  });
});

describe('a source that says another price', () => {
  it('proposes it and changes nothing, until somebody takes it', async () => {
    const slug = await addModel({ ...listed, cost_per_image: '0.002' });
    expect(await check(slug)).toMatchObject({ outcome: 'same', price_source: 'provider', price_url: 'https://www.together.ai/pricing' });
    says(0.5, 0.9);
    expect(await check(slug)).toMatchObject({ outcome: 'differs' });
    await check(slug);
    const model = await modelOf(slug);
    expect(model).toMatchObject({ ...listed, price_proposal: { input_cost_per_token: '0.0000005', cost_per_image: '0.002' } });
    const [proposal, ...others] = await proposalsOf(slug);
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({ state: 'open', current: listed, output_cost_per_token: '0.0000009', price_source: 'provider' });
    const listOfModels = await stand.registry.listModels(stand.admin.organizationId, { limit: 200, search: slug });
    expect(listOfModels.data[0]?.price_proposal?.id).toBe(proposal?.id);

    const id = proposal?.id ?? '';
    await expect(stand.registry.priceBook.acceptProposal(stand.stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    const decided = await Promise.allSettled([1, 2].map(() => stand.registry.priceBook.acceptProposal(stand.admin, id)));
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = decided.find((each): each is PromiseRejectedResult => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict' });
    expect(await modelOf(slug)).toMatchObject({
      input_cost_per_token: '0.0000005',
      cost_per_image: '0.002',
      price_source: 'provider',
      price_proposal: null,
    });
    expect(stand.registry.resolve(stand.admin.organizationId, slug)?.prices).toMatchObject({ input: '0.0000005', source: 'provider' });
    expect((await periodsOf(slug)).data).toMatchObject([{ input_cost_per_token: '0.0000005', price_source: 'provider' }, listed]);
    expect(await check(slug)).toMatchObject({ outcome: 'same' });
    says(0.88);
  });

  it('stays dismissed until it says something else', async () => {
    const slug = await addModel();
    says(0.4);
    await check(slug);
    const dismiss = async () => {
      const [open] = await proposalsOf(slug);
      return stand.registry.priceBook.dismissProposal(stand.colleague, open?.id ?? '');
    };
    expect(await dismiss()).toMatchObject({ state: 'dismissed', decided_by: { name: 'Ada' }, current: listed });
    expect(await check(slug)).toMatchObject({ outcome: 'dismissed' });
    expect(await modelOf(slug)).toMatchObject({ ...listed, price_proposal: null });
    says(0.3);
    expect(await check(slug)).toMatchObject({ outcome: 'differs' });
    // Said again after something else, it is news.
    says(0.4);
    expect(await check(slug)).toMatchObject({ outcome: 'differs' });
    expect((await proposalsOf(slug)).map(({ state }) => state)).toEqual(['open', 'overtaken', 'dismissed']);
    // Typed by hand, the proposed price answers the proposal.
    await stand.registry.updateModel(stand.admin, slug, { input_cost_per_token: '0.0000004', output_cost_per_token: '0.0000004' });
    expect((await proposalsOf(slug)).map(({ state }) => state)).toEqual(['overtaken', 'overtaken', 'dismissed']);
    says(0.88);
  });

  it('is not taken for what another model costs, which the row stands for by now', async () => {
    const { registry, admin } = stand;
    const slug = await addModel();
    says(0.5);
    await check(slug);
    const [open] = await proposalsOf(slug);
    await registry.updateModel(admin, slug, { display_name: 'The same model' });
    expect((await proposalsOf(slug))[0]?.state).toBe('open');
    await registry.updateModel(admin, slug, { provider_model_id: 'acme/another' });
    expect((await proposalsOf(slug))[0]?.state).toBe('overtaken');
    expect((await periodsOf(slug)).last_check).toBeNull();
    await expect(registry.priceBook.acceptProposal(admin, open?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
    expect(await modelOf(slug)).toMatchObject(listed);
    says(0.88);
  });

  it('is silent where its list cannot be read: no other source speaks in its place', async () => {
    const slug = await addModel();
    await check(slug);
    await provider.close();
    expect(await check(slug)).toMatchObject({ outcome: 'silent' });
    provider = await startFakeOpenAi({
      variant: 'together',
      apiKey: key,
      models: ['acme/llama'],
      port: Number(new URL(provider.baseUrl).port),
    });
    expect(await check(slug)).toMatchObject({ outcome: 'same' });
    expect(await proposalsOf(slug)).toEqual([]);
  });

  it('is asked by itself for each model whose last check is too old, once for a credential, in one process', async () => {
    const slug = await addModel();
    const fresh = await addModel();
    const dayMs = 24 * 3_600_000;
    const { models, priceChecks } = schema;
    const { db } = stand.database;
    await db.update(priceChecks).set({ at: new Date() });
    await db
      .update(models)
      .set({ createdAt: new Date(Date.now() - 2 * dayMs) })
      .where(eq(models.slug, slug));
    says(0.7);
    const events: unknown[] = [];
    const { database, vault, egress } = stand;
    const log = (event: unknown) => void events.push(event);
    const context = { database, vault, egress, log, providerBaseUrls: { together: provider.baseUrl } };
    const before = provider.requests.length;
    await Promise.all([checkDuePrices(context, dayMs, never), checkDuePrices(context, dayMs, never)]);
    expect(provider.requests.length - before).toBe(1);
    expect(events).toEqual([{ event: 'prices_checked', models: 1, proposals: 1 }]);
    expect((await modelOf(slug)).price_proposal).toMatchObject({ input_cost_per_token: '0.0000007' });
    expect((await modelOf(fresh)).price_proposal).toBeNull();
    await checkDuePrices(context, dayMs, never);
    expect(provider.requests.length - before).toBe(1);
    says(0.88);
  });

  it("is refused of models that are not the caller's to price", async () => {
    const slug = await addModel();
    const refusal = (principal: typeof stand.admin, of: string) =>
      stand.registry.priceBook.checkPrices(principal, of, never).catch((error) => error.code);
    expect(await refusal(stand.stranger, slug)).toBe('model_not_found');
    expect(await refusal(stand.admin, 'openai/gpt-5.2')).toBe('platform_model_immutable');
    await stand.registry.deactivateModel(stand.admin, slug, { confirm: true });
    expect(await refusal(stand.admin, slug)).toBe('model_inactive');
  });
});
