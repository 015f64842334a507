import { workflowListQuerySchema, workflowPageSchema, workflowSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOfThreeMs } from '../__fixtures__/best-of-three-ms.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import { sampleGraph } from '../__fixtures__/sample-graph.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';

let setup: TestWorkflows;
beforeAll(async () => {
  setup = await startTestWorkflows();
});
afterAll(() => setup?.close());

const create = (name = 'Tickets', graph = sampleGraph()) => setup.workflows.createWorkflow(setup.admin, { name, graph });
const foreignId = '01890000-0000-7000-8000-000000000000';

describe('a draft', () => {
  it('begins with start and end, or with a graph, and says what is wrong with it', async () => {
    const empty = workflowSchema.parse(await setup.workflows.createWorkflow(setup.admin, { name: 'Empty' }));
    expect(empty).toMatchObject({ state: 'draft', revision: 0, published_version: null, has_changes: true, problems: [] });
    expect(empty.draft.steps.map(({ kind }) => kind)).toEqual(['start', 'end']);
    const wrong = await create('Wrong', sampleGraph({ model: 'gone' }));
    expect(wrong.problems).toEqual([{ step: 'classify', field: 'model', message: 'There is no model "gone".' }]);
  });

  it('counts edits, and refuses one that was made on an older revision', async () => {
    const { id } = await create();
    const edited = await setup.workflows.updateWorkflow(setup.admin, id, { draft: sampleGraph({ retries: 5 }), revision: 0 });
    expect(edited).toMatchObject({ revision: 1, draft: sampleGraph({ retries: 5 }) });
    const late = await refusal(setup.workflows.updateWorkflow(setup.admin, id, { draft: sampleGraph(), revision: 0 }));
    expect(late).toMatchObject({ code: 'conflict', fields: [{ field: 'revision', message: 'Now 1' }] });
    expect((await setup.workflows.getWorkflow(setup.admin, id)).draft).toEqual(sampleGraph({ retries: 5 }));
  });

  it('is the same draft when it is saved unchanged', async () => {
    const { id } = await create();
    expect(await setup.workflows.updateWorkflow(setup.admin, id, { draft: sampleGraph(), revision: 0 })).toMatchObject({ revision: 0 });
  });

  it('keeps the order of keys: a model fills in a JSON schema from the top', async () => {
    const inOrder = (...names: string[]) => {
      const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
      return sampleGraph({ model: 'json-chat', output: { type: 'json_schema', schema: { type: 'object', properties } } });
    };
    const { id, draft } = await create('In order', inOrder('reasoning', 'label'));
    expect(JSON.stringify(draft)).toBe(JSON.stringify(inOrder('reasoning', 'label')));
    const turned = await setup.workflows.updateWorkflow(setup.admin, id, { draft: inOrder('label', 'reasoning'), revision: 0 });
    expect(turned.revision).toBe(1);
    await setup.workflows.publishWorkflow(setup.admin, id, { revision: 1 });
    const { graph } = await setup.workflows.getVersion(setup.admin, id, 1);
    expect(JSON.stringify(graph)).toBe(JSON.stringify(inOrder('label', 'reasoning')));
  });

  it('of two edits on one revision keeps exactly one', async () => {
    const { id } = await create();
    const edits = [5, 6, 7, 8].map((retries) =>
      setup.workflows.updateWorkflow(setup.admin, id, { draft: sampleGraph({ retries }), revision: 0 }),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('belongs to its organization', async () => {
    const { id } = await create();
    for (const work of [
      () => setup.workflows.getWorkflow(setup.stranger, id),
      () => setup.workflows.updateWorkflow(setup.stranger, id, { name: 'Mine', revision: 0 }),
      () => setup.workflows.publishWorkflow(setup.stranger, id, { revision: 0 }),
      () => setup.workflows.archiveWorkflow(setup.stranger, id),
      () => setup.workflows.listVersions(setup.stranger, id),
      () => setup.workflows.getWorkflow(setup.admin, foreignId),
      () => setup.workflows.getWorkflow(setup.admin, 'x'),
    ]) {
      expect((await refusal(work())).code).toBe('not_found');
    }
    expect((await setup.workflows.listWorkflows(setup.stranger, { limit: 50 })).data).toEqual([]);
  });
});

describe('publishing', () => {
  it('makes an immutable version that its models know of', async () => {
    const graph = sampleGraph({ fallback_model: 'spare-chat' });
    const { id } = await create('Known', graph);
    const published = await setup.workflows.publishWorkflow(setup.admin, id, { revision: 0, note: 'First' });
    expect(published).toMatchObject({ state: 'active', published_version: 1, has_changes: false });
    for (const slug of ['tiny-chat', 'spare-chat']) {
      const { data } = await setup.registry.listDependents(setup.admin.organizationId, slug);
      expect(data).toContainEqual({ workflow_id: id, name: 'Known', version: 1, steps: ['classify'] });
    }

    const edited = await setup.workflows.updateWorkflow(setup.admin, id, { draft: sampleGraph(), name: 'Renamed', revision: 0 });
    expect(edited).toMatchObject({ published_version: 1, has_changes: true });
    expect((await setup.workflows.getVersion(setup.admin, id, 1)).graph).toEqual(graph);
    expect((await setup.workflows.publishWorkflow(setup.admin, id, { revision: 1 })).published_version).toBe(2);
    const dependents = async (slug: string) =>
      (await setup.registry.listDependents(setup.admin.organizationId, slug)).data.filter(({ workflow_id }) => workflow_id === id);
    expect(await dependents('tiny-chat')).toEqual([{ workflow_id: id, name: 'Renamed', version: 2, steps: ['classify'] }]);
    expect(await dependents('spare-chat')).toEqual([]);
    const { data: versions } = await setup.workflows.listVersions(setup.admin, id);
    expect(versions).toMatchObject([
      { version: 2, note: '' },
      { version: 1, note: 'First', published_by: setup.admin.actor.id },
    ]);
  });

  it('changes nothing when it is repeated', async () => {
    const { id } = await create();
    await setup.workflows.publishWorkflow(setup.admin, id, { revision: 0 });
    expect((await setup.workflows.publishWorkflow(setup.admin, id, { revision: 0 })).published_version).toBe(1);
  });

  it('lists every problem by step, and leaves no trace', async () => {
    const { id } = await create('Incomplete', sampleGraph({ model: 'gone', user_prompt: '{{input.tikcet}}', max_tokens: 4096 }));
    const refused = await refusal(setup.workflows.publishWorkflow(setup.admin, id, { revision: 0 }));
    expect(refused.code).toBe('workflow_incomplete');
    expect(refused.fields).toEqual([
      { field: 'steps.classify.model', message: 'There is no model "gone".' },
      { field: 'steps.classify.user_prompt', message: '{{input.tikcet}} is not known here.' },
    ]);
    expect((await setup.workflows.listVersions(setup.admin, id)).data).toEqual([]);
    expect(await setup.workflows.getWorkflow(setup.admin, id)).toMatchObject({ state: 'draft', published_version: null });
  });

  it('refuses a draft that is another one by now, and versions that do not exist', async () => {
    const { id } = await create();
    expect((await refusal(setup.workflows.publishWorkflow(setup.admin, id, { revision: 7 }))).code).toBe('conflict');
    for (const version of [1, 2 ** 40])
      expect((await refusal(setup.workflows.getVersion(setup.admin, id, version))).code).toBe('not_found');
  });

  it('writes who did it', async () => {
    const { id } = await setup.publish();
    const rows = await setup.database.db.select().from(schema.auditLog).where(eq(schema.auditLog.objectId, id));
    expect(rows.map(({ action, actorId }) => [action, actorId]).sort()).toEqual([
      ['workflow.created', setup.admin.actor.id],
      ['workflow.published', setup.admin.actor.id],
    ]);
  });
});

describe('a model that is deactivated elsewhere', () => {
  it('is warned of, and shows among the problems', async () => {
    const { id } = await setup.publish(sampleGraph({ model: 'spare-chat' }));
    const warned = await refusal(setup.registry.deactivateModel(setup.admin, 'spare-chat', { confirm: false }));
    expect(warned.code).toBe('model_in_use');
    await setup.registry.deactivateModel(setup.admin, 'spare-chat', { confirm: true });
    expect((await setup.workflows.getWorkflow(setup.admin, id)).problems).toEqual([
      { step: 'classify', field: 'model', message: 'spare-chat has been deactivated.' },
    ]);
  });
});

describe('states', () => {
  it('go from active to paused and back, and to archived and back', async () => {
    const { id } = await setup.publish();
    const { workflows, admin, asked } = setup;
    asked.length = 0;
    expect((await workflows.pauseWorkflow(admin, id)).state).toBe('paused');
    expect((await workflows.resumeWorkflow(admin, id)).state).toBe('active');
    expect((await workflows.archiveWorkflow(admin, id)).state).toBe('archived');
    expect(asked).toEqual(['wake', 'wake', 'wake']);
    const users = async () =>
      (await setup.registry.listDependents(admin.organizationId, 'tiny-chat')).data.filter((each) => each.workflow_id === id).length;
    expect(await users()).toBe(0);
    expect((await refusal(workflows.pauseWorkflow(admin, id))).code).toBe('conflict');
    expect((await refusal(workflows.publishWorkflow(admin, id, { revision: 0 }))).code).toBe('conflict');
    expect((await workflows.resumeWorkflow(admin, id)).state).toBe('active');
    expect(await users()).toBe(1);
  });

  it('of a draft: nothing to pause or resume', async () => {
    const { id } = await create();
    expect((await refusal(setup.workflows.pauseWorkflow(setup.admin, id))).code).toBe('conflict');
    expect((await refusal(setup.workflows.resumeWorkflow(setup.admin, id))).code).toBe('conflict');
    await setup.workflows.archiveWorkflow(setup.admin, id);
    expect((await setup.workflows.resumeWorkflow(setup.admin, id)).state).toBe('draft');
  });
});

describe('the list', () => {
  it('has every workflow once over its pages, filters, and stays quick among many tasks', async () => {
    const { organizationId } = setup.stranger;
    const { db } = setup.database;
    await db.execute(sql`
      insert into workflows (organization_id, id, name, state, draft, updated_at)
      select ${organizationId}::uuid, gen_random_uuid(), case when n = 7 then '100% sure' else 'Flow ' || n end,
        case when n % 2 = 0 then 'active' else 'archived' end, '{"steps":[],"edges":[]}', now() - n * interval '1 second'
      from generate_series(1, 300) as n`);
    await db.execute(sql`
      insert into workflow_versions (organization_id, workflow_id, version, graph)
      select organization_id, id, 1, draft from workflows where organization_id = ${organizationId}::uuid`);
    await db.execute(sql`
      insert into tasks (organization_id, id, workflow_id, version, state, input)
      select organization_id, gen_random_uuid(), id, 1,
        case n % 4 when 0 then 'failed' when 1 then 'in_progress' when 2 then 'pending' else 'finished' end, '{}'
      from workflows, generate_series(1, 200) as n where organization_id = ${organizationId}::uuid`);
    await db.execute(sql`vacuum analyze tasks`);
    const list = (query: Record<string, unknown>) => setup.workflows.listWorkflows(setup.stranger, workflowListQuerySchema.parse(query));

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = workflowPageSchema.parse(await list({ limit: 70, ...(cursor !== null && { cursor }) }));
      seen.push(...page.data.map(({ name }) => name));
      cursor = page.next_cursor;
    } while (cursor !== null && seen.length < 1_000);
    expect(seen).toHaveLength(300);
    expect(seen.slice(0, 3)).toEqual(['Flow 1', 'Flow 2', 'Flow 3']);
    expect((await list({ search: '0% S' })).data.map(({ name }) => name)).toEqual(['100% sure']);
    expect((await list({ state: 'archived', limit: 200 })).data).toHaveLength(150);
    expect((await refusal(list({ cursor: 'x' }))).code).toBe('invalid_request');

    // A bound against work that grows with the tasks, not a measure: the machine may be busy, so the best of three counts.
    expect(await bestOfThreeMs(() => list({ limit: 50 }))).toBeLessThan(1_000);
    const page = await list({ limit: 50 });
    expect(page.data[0]?.tasks).toEqual({ total: 200, running: 50, waiting: 50, failed: 50 });
  });
});
