import { randomUUID } from 'node:crypto';
import { type Model, type ModelListQuery, modelListQuerySchema, modelPageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

const count = 10_000;
let setup: TestRegistry;

/** Many rows, written as SQL would find them after ten thousand saves. */
beforeAll(async () => {
  setup = await startTestRegistry();
  const { organizationId } = setup.admin;
  await setup.database.db.execute(sql`
    insert into models (organization_id, id, slug, display_name, provider_model_id, json_mode, vision, tool_use, reasoning, active,
      provider, auth_kind, base_url, last_test_passed, untested_since)
    select ${organizationId}::uuid, gen_random_uuid(), 'model-' || n, case when n % 2 = 0 then 'Model ' else 'model ' end || n,
      'acme/llama-' || n, n % 2 = 0, n % 3 = 0, n % 5 = 0, false, n % 10 <> 9,
      'openai-compatible', 'none', 'http://127.0.0.1:9/v1', case n % 4 when 0 then null when 1 then false else true end,
      case when n % 7 = 0 then now() end
    from generate_series(1, ${sql.raw(String(count))}) as n`);
  await setup.database.db
    .insert(schema.models)
    .values([named('100% sure', 'odd-1'), named('under_score', 'odd-2'), named('back\\slash', 'odd-3')]);
  await setup.database.db.execute(sql`analyze models`);
});
afterAll(() => setup?.close());

function named(displayName: string, slug: string): typeof schema.models.$inferInsert {
  const { organizationId } = setup.admin;
  const switches = { jsonMode: false, vision: false, toolUse: false, reasoning: false };
  const destination = { provider: 'openai-compatible', authKind: 'none', baseUrl: 'http://127.0.0.1:9/v1' };
  return { organizationId, id: randomUUID(), slug, displayName, providerModelId: 'x', ...switches, ...destination };
}

const list = (query: Partial<Record<keyof ModelListQuery, unknown>> = {}, principal = setup.admin) =>
  setup.registry.listModels(principal.organizationId, modelListQuerySchema.parse(query));

async function listAll(query: Partial<Record<keyof ModelListQuery, unknown>>): Promise<Model[]> {
  const all: Model[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 200, ...query, cursor });
    all.push(...page.data);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && all.length <= count + 100);
  return all;
}

describe('listModels', () => {
  it('has platform models in order, then custom ones by name in any case', async () => {
    const page = modelPageSchema.parse(await list({ limit: 14 }));
    expect(page.data.slice(0, 9).map(({ kind }) => kind)).toEqual(Array(9).fill('platform'));
    expect(page.data[5]).toMatchObject({ slug: 'google/gemini-3.1-pro-preview', is_default: true, status: 'not_configured' });
    expect(page.data.slice(9).map(({ slug }) => slug)).toEqual(['odd-1', 'odd-3', 'model-1', 'model-10', 'model-100']);
  });

  it('reaches every model once, page by page, wherever a page ends', async () => {
    const all = await listAll({});
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(all.length);
    expect(all).toHaveLength(9 + 3 + count * 0.9);
    for (const limit of [1, 4, 9, 10]) {
      const first = await list({ limit });
      const second = await list({ limit, cursor: first.next_cursor });
      expect([...first.data, ...second.data].map(({ slug }) => slug)).toEqual(all.slice(0, limit * 2).map(({ slug }) => slug));
    }
  });

  it('filters as the words of each model say', async () => {
    for (const status of ['ready', 'failing', 'untested', 'deactivated', 'not_configured'] as const) {
      const page = await list({ status, limit: 200 });
      expect(page.data.length, status).toBeGreaterThan(8);
      expect(new Set(page.data.map((model) => model.status))).toEqual(new Set([status]));
    }
    for (const capability of ['json_mode', 'vision', 'tool_use'] as const) {
      const page = await list({ capability, kind: 'custom', limit: 200 });
      expect(page.data.length).toBe(200);
      expect(page.data.every(({ capabilities }) => capabilities[capability])).toBe(true);
    }
    expect((await list({ kind: 'platform' })).data).toHaveLength(9);
    expect((await list({ kind: 'custom', capability: 'reasoning' })).data).toEqual([]);
  });

  it('searches for the text itself, in name, slug and model ID', async () => {
    const slugs = async (search: string) => (await list({ search, limit: 200 })).data.map(({ slug }) => slug);
    expect(await slugs('100% S')).toEqual(['odd-1']);
    expect(await slugs('_')).toEqual(['odd-2']);
    expect(await slugs('\\')).toEqual(['odd-3']);
    expect(await slugs('%')).toEqual(['odd-1']);
    expect(await slugs('%%%%%%%%%%%%')).toEqual([]);
    expect(await slugs('ACME/llama-1234')).toEqual(['model-1234']);
    expect(await slugs('grok')).toEqual(['x-ai/grok-4', 'x-ai/grok-4.1-fast']);
  });

  it('finds those that are named, deactivated ones too', async () => {
    const named = await list({ slugs: 'model-9,x-ai/grok-4,model-10,nobody' });
    expect(named.data.map(({ slug, active }) => [slug, active])).toEqual([
      ['x-ai/grok-4', true],
      ['model-10', true],
      ['model-9', false],
    ]);
    expect((await list({ slugs: '' })).data).toEqual([]);
  });

  it('belongs to its organization', async () => {
    expect((await list({}, setup.stranger)).data.map(({ kind }) => kind)).toEqual(Array(9).fill('platform'));
  });

  it.each(['x', 'W10', Buffer.from('["c",1,2]').toString('base64url'), Buffer.from('["c","\\u0000","x"]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await refusal(list({ cursor }))).toMatchObject({ code: 'invalid_request', fields: ['cursor'] });
    },
  );
});
