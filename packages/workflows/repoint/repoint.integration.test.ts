import { randomUUID } from 'node:crypto';
import { type Principal, repointSchema, undoneRepointSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { randomFrom, randomGraph } from '../__fixtures__/random-graph.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import { sampleGraph } from '../__fixtures__/sample-graph.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';

let setup: TestWorkflows;
beforeAll(async () => {
  setup = await startTestWorkflows();
});
afterAll(() => setup?.close());

const foreignId = '01890000-0000-7000-8000-000000000000';
const repoint = async (body: Record<string, unknown>, slug = 'tiny-chat', principal = setup.admin) =>
  repointSchema.parse(await setup.workflows.repointModel(principal, slug, { to: 'spare-chat', ...body }));
const undo = async (id: string | null, slug = 'tiny-chat', principal = setup.admin) =>
  undoneRepointSchema.parse(await setup.workflows.undoRepoint(principal, slug, id ?? ''));
const dependents = async (slug: string) =>
  (await setup.registry.listDependents(setup.admin.organizationId, slug)).data.map(({ workflow_id }) => workflow_id);
const get = (id: string) => setup.workflows.getWorkflow(setup.admin, id);

async function publish(graph = sampleGraph(), name = 'Tickets'): Promise<string> {
  const { id } = await setup.workflows.createWorkflow(setup.admin, { name, graph });
  await setup.workflows.publishWorkflow(setup.admin, id, { revision: 0 });
  return id;
}

/** A tool endpoint with one tool, as a refresh would have found it. */
async function addEndpoint(): Promise<string> {
  const id = randomUUID();
  const { organizationId } = setup.admin;
  const { toolEndpoints, tools } = schema;
  await setup.database.db.insert(toolEndpoints).values({
    organizationId,
    id,
    name: 'Orders',
    kind: 'mcp',
    url: 'https://tools.example/mcp',
    authKind: 'none',
    lastRefreshAt: new Date(),
  });
  await setup.database.db.insert(tools).values({
    organizationId,
    endpointId: id,
    name: 'find_order',
    position: 0,
    description: 'Finds an order',
    inputSchema: { type: 'object' },
  });
  return id;
}

async function archiveAll(): Promise<void> {
  for (const { id } of (await setup.workflows.listWorkflows(setup.admin, { limit: 200 })).data)
    await setup.workflows.archiveWorkflow(setup.admin, id);
}

/** Everything of the organization's workflows that a person or a run could see, as PostgreSQL writes it. */
async function textOfWorkflows(): Promise<readonly string[]> {
  const { rows } = await setup.database.db.execute<{ text: string }>(sql`
    select concat_ws(' ', w.id, w.state, w.draft::text, w.published_version, w.published_revision = w.revision, v.graph::text,
      (select jsonb_agg(jsonb_build_array(r.version, r.step, r.slug) order by r.version, r.step, r.slug) from workflow_model_references r
        where r.organization_id = w.organization_id and r.workflow_id = w.id and r.active)::text) as text
    from workflows w left join workflow_versions v
      on v.organization_id = w.organization_id and v.workflow_id = w.id and v.version = w.published_version
    where w.organization_id = ${setup.admin.organizationId} and w.state <> 'archived' order by w.id`);
  return rows.map(({ text }) => text);
}

describe('repointing', () => {
  it('publishes a version that differs in the slug only, and the draft with it', async () => {
    const id = await publish(sampleGraph({ fallback_model: 'spare-chat' }));
    const answer = await repoint({ workflows: [id] });
    expect(answer).toMatchObject({ from: 'tiny-chat', to: 'spare-chat', dry_run: false });
    expect(answer.workflows).toEqual([
      {
        workflow_id: id,
        name: 'Tickets',
        state: 'active',
        published: 'repointed',
        steps: ['classify'],
        version: 2,
        draft: 'repointed',
        draft_steps: ['classify'],
        problems: [],
      },
    ]);
    const pointed = sampleGraph({ model: 'spare-chat', fallback_model: 'spare-chat' });
    expect(await get(id)).toMatchObject({ draft: pointed, published_version: 2, has_changes: false, revision: 1, state: 'active' });
    expect((await setup.workflows.getVersion(setup.admin, id, 2)).graph).toEqual(pointed);
    expect((await setup.workflows.listVersions(setup.admin, id)).data[0]?.note).toBe('Repointed from tiny-chat to spare-chat');
    expect(await dependents('tiny-chat')).not.toContain(id);
    expect(await dependents('spare-chat')).toContain(id);
  });

  it('takes fallbacks along', async () => {
    const id = await publish(sampleGraph({ model: 'spare-chat', fallback_model: 'tiny-chat' }));
    await setup.workflows.repointModel(setup.admin, 'tiny-chat', { to: 'spare-chat', workflows: [id] });
    expect((await get(id)).draft).toEqual(sampleGraph({ model: 'spare-chat', fallback_model: 'spare-chat' }));
  });

  it('changes nothing on a dry run, and says what would happen', async () => {
    const id = await publish();
    const before = await get(id);
    const answer = await repoint({ workflows: [id], dry_run: true });
    expect(answer).toMatchObject({ id: null, dry_run: true, workflows: [{ published: 'repointed', draft: 'repointed', version: null }] });
    expect(await get(id)).toEqual(before);
  });

  it('leaves those that the new model cannot serve, and says why by step', async () => {
    const graph = sampleGraph({ output: { type: 'json_schema', schema: { type: 'object' } } });
    await setup.setCapabilities('tiny-chat', { jsonMode: true, toolUse: true });
    const id = await publish(graph, 'Shaped');
    const tools = await publish(sampleGraph({ tools: [{ endpoint_id: await addEndpoint(), tools: null }] }), 'Tools');
    const plain = await publish(sampleGraph(), 'Plain');
    const answer = await repoint({ workflows: [id, tools, plain] });
    expect(answer.workflows.map(({ name, published, problems }) => [name, published, problems])).toEqual([
      ['Plain', 'repointed', []],
      [
        'Shaped',
        'refused',
        ['published', 'draft'].map((part) => ({
          part,
          step: 'classify',
          message: 'spare-chat does not have JSON mode, which this step needs.',
        })),
      ],
      [
        'Tools',
        'refused',
        ['published', 'draft'].map((part) => ({
          part,
          step: 'classify',
          message: 'spare-chat does not have Tool use, and this step has tools.',
        })),
      ],
    ]);
    expect(await get(id)).toMatchObject({ draft: graph, published_version: 1, revision: 0 });
    await setup.setCapabilities('tiny-chat', { jsonMode: false, toolUse: false });
  });

  it('judges the published version and a draft that differs each for itself', async () => {
    const id = await publish();
    const shaped = sampleGraph({ output: { type: 'json_schema', schema: { type: 'object' } } });
    await setup.workflows.updateWorkflow(setup.admin, id, { draft: shaped, revision: 0 });
    const answer = await repoint({ workflows: [id] });
    expect(answer.workflows).toMatchObject([{ published: 'repointed', version: 2, draft: 'refused' }]);
    expect(await get(id)).toMatchObject({ draft: shaped, revision: 1, published_version: 2, has_changes: true });
    expect((await setup.workflows.getVersion(setup.admin, id, 2)).graph).toEqual(sampleGraph({ model: 'spare-chat' }));
  });

  it('repoints what was never published by its draft, and what is archived not at all', async () => {
    await archiveAll();
    const { id } = await setup.workflows.createWorkflow(setup.admin, { name: 'Draft', graph: sampleGraph() });
    const archived = await publish();
    await setup.workflows.archiveWorkflow(setup.admin, archived);
    const answer = await repoint({});
    expect(answer.workflows).toMatchObject([{ workflow_id: id, state: 'draft', published: 'unused', draft: 'repointed', version: null }]);
    expect(await get(id)).toMatchObject({ state: 'draft', published_version: null, revision: 1 });
    expect((await get(archived)).published_version).toBe(1);
  });

  it('takes tasks that have not ended along, and no others', async () => {
    const id = await publish();
    const { batch } = await setup.workflows.createTasks(
      setup.admin,
      id,
      { tasks: [1, 2, 3].map((row) => ({ input: { ticket: String(row) } })) },
      { idempotencyKey: null },
    );
    const { tasks } = schema;
    const ofRow = (row: number) => and(eq(tasks.batchId, batch.id), eq(tasks.row, row));
    await setup.database.db.update(tasks).set({ state: 'failed' }).where(ofRow(1));
    await setup.database.db.update(tasks).set({ state: 'in_progress', lane: null }).where(ofRow(2));
    const versions = async () =>
      (await setup.database.db.select({ version: tasks.version }).from(tasks).where(eq(tasks.batchId, batch.id)).orderBy(tasks.row)).map(
        ({ version }) => version,
      );
    const { id: repointId } = await repoint({ workflows: [id] });
    expect(await versions()).toEqual([1, 2, 2]);
    await undo(repointId);
    expect(await versions()).toEqual([1, 1, 1]);
  });

  it('refuses a model that is none, is the same, is deactivated, or is not this key’s to call', async () => {
    const asked = (body: Record<string, unknown>, slug?: string, principal?: Principal) => refusal(repoint(body, slug, principal));
    expect((await asked({ to: 'gone' })).code).toBe('model_not_found');
    expect((await asked({}, 'gone')).code).toBe('model_not_found');
    expect((await asked({ to: 'tiny-chat' })).fields).toEqual([{ field: 'to', message: 'Choose another model than this one' }]);
    expect((await asked({ to: 'openai/gpt-5.4' })).code).toBe('platform_not_configured');
    expect((await asked({}, 'tiny-chat', { ...setup.admin, allowedModels: new Set(['tiny-chat']) })).code).toBe('model_not_allowed');
    expect((await asked({}, 'tiny-chat', setup.stranger)).code).toBe('model_not_found');
    for (const workflows of [[foreignId], ['x']]) expect((await asked({ workflows })).code).toBe('not_found');
    for (const api_keys of [[foreignId], ['x']]) expect((await asked({ api_keys })).code).toBe('not_found');
    await setup.registry.deactivateModel(setup.admin, 'spare-chat', { confirm: true });
    expect((await asked({})).code).toBe('model_inactive');
    await setup.registry.reactivateModel(setup.admin, 'spare-chat');
  });
});

describe('undo', () => {
  it('leaves 50 random workflows byte-identical', async () => {
    await archiveAll();
    for (const slug of ['tiny-chat', 'spare-chat']) await setup.setCapabilities(slug, { jsonMode: true });
    const random = randomFrom(20_261_125);
    for (let index = 0; index < 50; index += 1) {
      const { id } = await setup.workflows.createWorkflow(setup.admin, {
        name: `Random ${index}`,
        graph: randomGraph(random, ['tiny-chat', 'spare-chat', 'openai/gpt-5.4']),
      });
      await setup.database.db
        .update(schema.workflows)
        .set({ revision: Math.floor(random() * 9) })
        .where(eq(schema.workflows.id, id));
      const { revision } = await get(id);
      await setup.workflows.publishWorkflow(setup.admin, id, { revision });
      if (random() < 0.3) await editDraft(id, randomGraph(random, ['tiny-chat', 'spare-chat']));
    }
    const before = await textOfWorkflows();
    expect(before).toHaveLength(50);
    const { id, workflows } = await repoint({ to: 'json-chat' });
    const during = await textOfWorkflows();
    expect(workflows.filter(({ published }) => published === 'repointed').length).toBeGreaterThan(25);
    expect(during.join()).not.toContain('tiny-chat');
    expect(during.filter((text, index) => text !== before[index]).length).toBe(workflows.length);
    await undo(id);
    expect(await textOfWorkflows()).toEqual(before);
  });

  it('keeps what somebody has published or edited since, and tells it', async () => {
    const edited = await publish(sampleGraph(), 'Edited');
    const published = await publish(twoSteps('tiny-chat'), 'Published');
    const { id } = await repoint({ workflows: [edited, published] });
    await setup.workflows.updateWorkflow(setup.admin, edited, { draft: sampleGraph({ model: 'spare-chat', retries: 7 }), revision: 1 });
    const other = twoSteps('spare-chat');
    const step = other.steps[1];
    if (step?.kind !== 'llm') throw new Error('The second step is an LLM step.');
    step.config.model = 'json-chat';
    await setup.workflows.updateWorkflow(setup.admin, published, { draft: other, revision: 1 });
    await setup.workflows.publishWorkflow(setup.admin, published, { revision: 2 });

    const undone = await undo(id);
    expect(undone.workflows.map(({ name, published: version, draft, messages }) => [name, version, draft, messages])).toEqual([
      ['Edited', 'restored', 'restored', []],
      [
        'Published',
        'kept',
        'kept',
        [
          'Version 3 has been published since, so it stays published.',
          'Steps of the draft that have been given another model since keep it.',
        ],
      ],
    ]);
    expect(await get(edited)).toMatchObject({ draft: sampleGraph({ retries: 7 }), published_version: 1, has_changes: true, revision: 3 });
    expect((await get(published)).published_version).toBe(3);
  });

  it('happens once, for its own model and organization', async () => {
    const workflow = await publish();
    const { id } = await repoint({ workflows: [workflow] });
    expect((await setup.workflows.listRepoints(setup.admin, 'spare-chat')).data[0]).toMatchObject({
      id,
      from: 'tiny-chat',
      to: 'spare-chat',
      workflows: 1,
      api_keys: 0,
      created_by: 'Ada',
      undone_at: null,
    });
    expect((await refusal(undo(id, 'spare-chat'))).code).toBe('not_found');
    expect((await refusal(undo(id, 'tiny-chat', setup.stranger))).code).toBe('not_found');
    expect((await refusal(undo('x'))).code).toBe('not_found');
    await undo(id);
    expect((await refusal(undo(id))).code).toBe('conflict');
    expect((await setup.workflows.listRepoints(setup.admin, 'tiny-chat')).data[0]?.undone_at).not.toBeNull();
  });
});

describe('API keys', () => {
  const { apiKeys } = schema;
  async function addKey(name: string, allowedModels: string[] | null, role: 'inference' | 'admin' = 'inference'): Promise<string> {
    const id = randomUUID();
    const { organizationId } = setup.admin;
    await setup.database.db
      .insert(apiKeys)
      .values({ organizationId, id, name, keyHash: Buffer.from(id), lastFour: 'abcd', role, allowedModels });
    return id;
  }
  const allowedOf = async (id: string) => (await setup.database.db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]?.allowedModels;

  it('are offered, and get the new model in place of the old one where they are chosen', async () => {
    const chosen = await addKey('Chosen', ['a', 'tiny-chat', 'b']);
    const left = await addKey('Left', ['tiny-chat']);
    await addKey('Free', null);
    const offered = (await repoint({ workflows: [], dry_run: true })).api_keys;
    expect(offered.map(({ name, outcome }) => [name, outcome])).toEqual(
      expect.arrayContaining([
        ['Chosen', 'offered'],
        ['Left', 'offered'],
      ]),
    );
    expect(offered).toHaveLength(2);
    const { id, api_keys } = await repoint({ workflows: [], api_keys: [chosen] });
    expect(api_keys.find((key) => key.id === chosen)).toMatchObject({ outcome: 'repointed', last_four: 'abcd' });
    expect([await allowedOf(chosen), await allowedOf(left)]).toEqual([['a', 'spare-chat', 'b'], ['tiny-chat']]);
    const undone = await undo(id);
    expect(undone.api_keys).toMatchObject([{ id: chosen, outcome: 'restored' }]);
    expect(await allowedOf(chosen)).toEqual(['a', 'tiny-chat', 'b']);
  });

  it('of a higher role stay as they are', async () => {
    const admins = await addKey('Of an admin', ['tiny-chat'], 'admin');
    const { id, api_keys } = await repoint({ workflows: [], api_keys: [admins] }, 'tiny-chat', { ...setup.admin, role: 'builder' });
    expect(id).toBeNull();
    expect(api_keys.find((key) => key.id === admins)).toMatchObject({
      outcome: 'refused',
      message: 'Your role is builder; this key has the role admin.',
    });
    expect(await allowedOf(admins)).toEqual(['tiny-chat']);
  });
});

async function editDraft(id: string, draft: ReturnType<typeof sampleGraph>): Promise<void> {
  const { revision } = await get(id);
  await setup.workflows.updateWorkflow(setup.admin, id, { draft, revision });
}

function twoSteps(slug: string) {
  return graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'first', { model: slug }),
      stepOf('llm', 'second', { model: slug }),
      stepOf('end', 'end', { mapping: [{ name: 'answer', value: '{{steps.second.output}}' }] }),
    ],
    'start > first > second > end',
  );
}
