import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Batch, CreateModelBody, Graph, LogEvent, Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { createTestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, type FakeOpenAiOptions, startFakeOpenAi } from '@pipelines/providers/testing';
import { createWorkflows } from '../create-workflows.ts';
import { createLiveFeed } from '../live/live-feed.ts';
import type { Workflows } from '../workflows.ts';
import { type OpenWorker, openWorker, type WorkerPlace } from './open-worker.ts';

export interface EngineStand extends OpenWorker {
  readonly workflows: Workflows;
  readonly principal: Principal;
  readonly upstream: FakeOpenAi;
  readonly place: WorkerPlace;
  readonly events: LogEvent[];
  /** On the fake provider, or on another one at `baseUrl`. */
  addModel(name: string, settings?: Partial<CreateModelBody>, baseUrl?: string): Promise<string>;
  /** A published workflow; its ID. */
  publish(graph: Graph): Promise<string>;
  createBatch(workflowId: string, inputs: readonly Record<string, unknown>[]): Promise<Batch>;
  /** Resolves once the batch has ended. */
  waitForBatch(batchId: string, timeoutMs: number): Promise<Batch>;
}

export interface StandOptions {
  readonly databaseUrl?: string;
  readonly concurrency?: number;
  readonly answer?: FakeOpenAiOptions['answer'];
}

/** A worker with a fake provider, on a database of its own or the given one. Its engine has not been started. */
export async function startEngineStand({ databaseUrl, concurrency = 16, answer = {} }: StandOptions = {}): Promise<EngineStand> {
  const test = databaseUrl === undefined ? await createTestDatabase() : null;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'engine-'));
  const events: LogEvent[] = [];
  const place = { databaseUrl: databaseUrl ?? test?.url ?? '', dataDir, concurrency };
  const worker = await openWorker({ ...place, log: (event) => void events.push(event) });
  const { database, registry, engine } = worker;
  const upstream = await startFakeOpenAi({ variant: 'vllm', answer });
  const organizationId = randomUUID();
  const memberId = randomUUID();
  await database.db.insert(schema.organizations).values({ id: organizationId, name: 'Acme' });
  await database.db
    .insert(schema.members)
    .values({ organizationId, id: memberId, email: `${memberId}@acme.test`, name: 'Ada', role: 'admin', passwordHash: 'x' });
  const principal: Principal = { organizationId, actor: { type: 'member', id: memberId }, role: 'admin', allowedModels: null };
  const feed = createLiveFeed(database);
  const workflows = createWorkflows({ database, registry, engine, feed, stepDoors: worker.stepDoors });

  const stand: EngineStand = {
    ...worker,
    workflows,
    principal,
    upstream,
    place,
    events,
    async addModel(name, settings = {}, baseUrl = upstream.baseUrl) {
      const connection = {
        provider: 'openai-compatible',
        auth_kind: 'api_key',
        base_url: baseUrl,
        provider_model_id: name,
        credential: { api_key: 'sk-any' },
      } as const;
      const tested = await registry.testConnection(principal, connection, AbortSignal.timeout(10_000));
      const capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: false };
      const prices = { input_cost_per_token: '0.00000015', output_cost_per_token: '0.0000006' };
      const body = { ...connection, connection_test_id: tested.id, display_name: name, capabilities, ...prices, ...settings };
      return (await registry.createModel(principal, body as CreateModelBody)).slug;
    },
    async publish(graph) {
      const { id, revision } = await workflows.createWorkflow(principal, { name: 'Flow', graph });
      await workflows.publishWorkflow(principal, id, { revision });
      return id;
    },
    async createBatch(workflowId, inputs) {
      const { batch } = await workflows.createTasks(
        principal,
        workflowId,
        { tasks: inputs.map((input) => ({ input })) },
        { idempotencyKey: null },
      );
      return batch;
    },
    async waitForBatch(batchId, timeoutMs) {
      const untilMs = performance.now() + timeoutMs;
      for (;;) {
        const batch = await workflows.getBatch(principal, batchId).catch(() => null);
        if (batch?.state === 'finished' || batch?.state === 'canceled') return batch;
        if (performance.now() > untilMs) throw new Error(`The batch has not ended: ${JSON.stringify(batch?.counts)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      await feed.close();
      await worker.close();
      await upstream.close();
      await test?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return stand;
}
