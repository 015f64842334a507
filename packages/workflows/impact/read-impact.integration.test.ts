import { randomUUID } from 'node:crypto';
import { type ModelChange, modelImpactSchema, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import { sampleGraph } from '../__fixtures__/sample-graph.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';

let setup: TestWorkflows;
let workflowId: string;
let keyId: string;
beforeAll(async () => {
  setup = await startTestWorkflows();
  await setup.setCapabilities('tiny-chat', { jsonMode: true });
  workflowId = (await setup.publish(sampleGraph({ output: { type: 'json_schema', schema: {} } }))).id;
  const stepRunId = await addStepRun();
  keyId = await addKey('Program', null);
  await addKey('Limited', ['tiny-chat']);
  await addKey('Elsewhere', ['spare-chat']);
  await addKey('Revoked', ['tiny-chat'], { revokedAt: new Date() });
  await addAttempt({ source: 'workflow', stepRunId, cost: '0.000000000000000001' });
  await addAttempt({ source: 'workflow', stepRunId, cost: null });
  await addAttempt({ source: 'workflow', stepRunId, cost: '5', startedAt: new Date(Date.now() - 40 * 24 * 60 * 60 * 1000) });
  await addAttempt({ source: 'gateway', apiKeyId: keyId, cost: '0.5' });
  await addAttempt({ source: 'gateway', apiKeyId: keyId, cost: '0.25', slug: 'spare-chat' });
});
afterAll(() => setup?.close());

const impact = async (change: ModelChange, principal = setup.admin, slug = 'tiny-chat') =>
  modelImpactSchema.parse(await setup.workflows.readImpact(principal, slug, change));

async function addStepRun(): Promise<string> {
  const { organizationId } = setup.admin;
  const { batch } = await setup.workflows.createTasks(
    setup.admin,
    workflowId,
    { tasks: [{ input: { ticket: 'x' } }] },
    { idempotencyKey: null },
  );
  const [task] = await setup.database.db.select().from(schema.tasks).where(eq(schema.tasks.batchId, batch.id));
  const id = randomUUID();
  await setup.database.db.insert(schema.stepRuns).values({
    organizationId,
    id,
    taskId: task?.id ?? '',
    step: 'classify',
    kind: 'llm',
    generation: 1,
    state: 'finished',
    idempotencyKey: id,
  });
  return id;
}

async function addKey(name: string, allowedModels: string[] | null, ended: { revokedAt?: Date } = {}): Promise<string> {
  const id = randomUUID();
  const { organizationId } = setup.admin;
  await setup.database.db
    .insert(schema.apiKeys)
    .values({ organizationId, id, name, keyHash: Buffer.from(id), lastFour: 'abcd', role: 'inference', allowedModels, ...ended });
  return id;
}

async function addAttempt(values: Partial<typeof schema.attempts.$inferInsert>): Promise<void> {
  await setup.database.db.insert(schema.attempts).values({
    organizationId: setup.admin.organizationId,
    id: randomUUID(),
    requestId: 'r',
    startedAt: new Date(),
    source: 'gateway',
    slug: 'tiny-chat',
    provider: 'openai-compatible',
    providerModelId: 'x',
    stream: false,
    status: 'succeeded',
    ...values,
  });
}

describe('readImpact', () => {
  it('names workflows with their steps, keys, calls and costs', async () => {
    const { effect, workflows, api_keys, shared_with } = await impact({ kind: 'deactivate' });
    expect([effect, shared_with]).toEqual(['breaks', []]);
    expect(workflows).toEqual([
      {
        workflow_id: workflowId,
        name: 'Tickets',
        version: 1,
        effect: 'breaks',
        steps: [{ step: 'classify', title: 'Classify', effect: 'breaks', reasons: ['tiny-chat is deactivated.'] }],
        calls: 2,
        cost: '0.000000000000000001',
        unknown_cost_calls: 1,
        last_call_at: expect.any(String),
      },
    ]);
    expect(api_keys?.map(({ name, limited, effect: how, calls, cost }) => [name, limited, how, calls, cost])).toEqual([
      ['Program', false, 'breaks', 1, '0.5'],
      ['Limited', true, 'breaks', 0, '0'],
    ]);
  });

  it('of a harmless edit is nothing', async () => {
    expect(await impact({ kind: 'edit', capabilities: { vision: false } })).toMatchObject({ effect: null, workflows: [], api_keys: [] });
  });

  it('of a lost capability names the step that needs it', async () => {
    const { workflows } = await impact({ kind: 'edit', capabilities: { json_mode: false } });
    expect(workflows[0]?.steps).toEqual([
      {
        step: 'classify',
        title: 'Classify',
        effect: 'breaks',
        reasons: ['tiny-chat is not offered for JSON mode any more, which the step needs.'],
      },
    ]);
  });

  it('names the models that share a replaced credential', async () => {
    const { db } = setup.database;
    const { organizationId } = setup.admin;
    const credentialId = randomUUID();
    await db
      .insert(schema.dataKeys)
      .values({ organizationId, version: 1, kid: 'test', wrapped: Buffer.alloc(1) })
      .onConflictDoNothing();
    await db.insert(schema.credentials).values({
      organizationId,
      id: credentialId,
      provider: 'openai-compatible',
      authKind: 'api_key',
      baseUrl: 'http://127.0.0.1:9/v1',
      sealed: Buffer.alloc(1),
      dataKeyVersion: 1,
      preview: 'sk-…',
      fingerprint: Buffer.alloc(32),
    });
    await db.update(schema.models).set({ credentialId }).where(eq(schema.models.organizationId, organizationId));
    const { shared_with, effect } = await impact({ kind: 'edit', replaces_credential: true });
    expect(effect).toBe('may_break');
    expect(shared_with.map(({ slug }) => slug)).toEqual(['json-chat', 'spare-chat']);
  });

  it('leaves an archived workflow out', async () => {
    await setup.workflows.archiveWorkflow(setup.admin, workflowId);
    expect((await impact({ kind: 'deactivate' })).workflows).toEqual([]);
    await setup.workflows.resumeWorkflow(setup.admin, workflowId);
  });

  it('shows no keys to a viewer, and nothing to strangers', async () => {
    const viewer: Principal = { ...setup.admin, role: 'viewer' };
    expect((await impact({ kind: 'deactivate' }, viewer)).api_keys).toBeNull();
    expect((await refusal(impact({ kind: 'deactivate' }, setup.stranger))).code).toBe('model_not_found');
    expect((await impact({ kind: 'retire', retires_on: '2026-12-31' }, setup.stranger, 'openai/gpt-5.4')).effect).toBeNull();
  });
});
