import { randomBytes, randomUUID } from 'node:crypto';
import type { CallMeter, Graph, Principal, Workflow } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { createTestDatabase } from '@pipelines/database/testing';
import { createEgress, createEgressPolicy } from '@pipelines/egress';
import { createCredentialVault, createRegistry, loadEncryptionKeys, type Registry } from '@pipelines/registry';
import { createWorkflows } from '../create-workflows.ts';
import { createLiveFeed } from '../live/live-feed.ts';
import { createTools } from '../tools/create-tools.ts';
import type { Tools } from '../tools/tools.ts';
import type { Workflows } from '../workflows.ts';
import type { LiveContext } from '../workflows-context.ts';
import { sampleGraph } from './sample-graph.ts';

export interface TestWorkflows {
  readonly workflows: Workflows;
  readonly tools: Tools;
  readonly registry: Registry;
  readonly database: Database;
  readonly databaseUrl: string;
  /** What `workflows` is built on. */
  readonly context: LiveContext;
  readonly admin: Principal;
  /** The admin of another organization. */
  readonly stranger: Principal;
  /** What the engine was asked for, in order: `wake`, `cancelTask <id>`, … */
  readonly asked: string[];
  /** Switches of a model, as an admin sets them. */
  setCapabilities(
    slug: string,
    switches: Partial<Pick<typeof schema.models.$inferSelect, 'jsonMode' | 'vision' | 'toolUse'>>,
  ): Promise<void>;
  /** A published workflow on the model `tiny-chat`. */
  publish(graph?: Graph): Promise<Workflow>;
  close(): Promise<void>;
}

const noCalls: CallMeter = {
  writeHeld: () => undefined,
  begin() {
    throw new Error('No test here calls a provider.');
  },
};

/** The use cases on a database of their own with the real registry; nothing runs the tasks, so that they stay where a test puts them. */
export async function startTestWorkflows(): Promise<TestWorkflows> {
  const { database, url: databaseUrl, close } = await createTestDatabase();
  const log = () => undefined;
  const json = JSON.stringify([{ kid: 'test', key: randomBytes(32).toString('base64') }]);
  const keys = await loadEncryptionKeys({ database, json, file: '', log });
  const vault = await createCredentialVault({ database, keys, log });
  const egress = createEgress({ policy: createEgressPolicy({ mode: 'local', allow: [], operatorTargets: [] }), log });
  const admin = await addAdmin(database);
  const stranger = await addAdmin(database);
  await addModel(database, admin, 'tiny-chat');
  await addModel(database, admin, 'spare-chat');
  await addModel(database, admin, 'json-chat', { jsonMode: true });
  const registry = createRegistry({ database, vault, egress, meter: noCalls, log, providerBaseUrls: {}, platformKey: null });
  await registry.start();

  const tools = createTools({ database, egress, vault, log, looksPerMinute: 1_000 });
  const asked: string[] = [];
  const feed = createLiveFeed(database);
  const context: LiveContext = {
    database,
    registry,
    feed,
    stepDoors: {
      gateway: { completeChatOnce: () => Promise.reject(new Error('No test here calls a provider.')) },
      registry,
      egress,
      tools,
    },
    engine: {
      wake: () => void asked.push('wake'),
      cancelTask: async (_, id) => void asked.push(`cancelTask ${id}`),
      cancelBatch: async (_, id) => void asked.push(`cancelBatch ${id}`),
      submitReview: async (_, id, { verdict, comment }) => void asked.push(`submitReview ${id} ${verdict} ${comment}`),
      retryTask: async (_, id) => void asked.push(`retryTask ${id}`),
      regenerateStep: async (_, id, trigger) => void asked.push(`regenerateStep ${id} ${trigger}`),
    },
  };
  const workflows = createWorkflows(context);
  return {
    workflows,
    tools,
    registry,
    database,
    databaseUrl,
    context,
    admin,
    stranger,
    asked,
    async setCapabilities(slug, switches) {
      const { jsonMode, vision, toolUse } = switches;
      const capabilities = { json_mode: jsonMode, vision, tool_use: toolUse };
      await registry.updateModel(admin, slug, {
        capabilities: Object.fromEntries(Object.entries(capabilities).filter(([, value]) => value !== undefined)),
      });
    },
    async publish(graph = sampleGraph()) {
      const { id } = await workflows.createWorkflow(admin, { name: 'Tickets', graph });
      return workflows.publishWorkflow(admin, id, { revision: 0 });
    },
    async close() {
      await feed.close();
      await registry.stop();
      await egress.close();
      await close();
    },
  };
}

async function addAdmin({ db }: Database): Promise<Principal> {
  const organizationId = randomUUID();
  const id = randomUUID();
  await db.insert(schema.organizations).values({ id: organizationId, name: 'Acme' });
  await db.insert(schema.members).values({ organizationId, id, email: `${id}@example.com`, name: 'Ada', role: 'admin', passwordHash: '-' });
  return { organizationId, actor: { type: 'member', id }, role: 'admin', allowedModels: null };
}

async function addModel({ db }: Database, { organizationId }: Principal, slug: string, capabilities = { jsonMode: false }): Promise<void> {
  const switches = { vision: false, toolUse: false, reasoning: false, ...capabilities };
  const destination = { provider: 'openai-compatible', authKind: 'none', baseUrl: 'http://127.0.0.1:9/v1', providerModelId: 'x' };
  await db
    .insert(schema.models)
    .values({ organizationId, id: randomUUID(), slug, displayName: slug, maxTokens: 128, ...switches, ...destination });
}
