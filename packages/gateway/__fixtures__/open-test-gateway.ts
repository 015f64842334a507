import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  type Attempt,
  type AttemptDetail,
  type CacheSavings,
  type CallAdmission,
  type Connection,
  type CreateModelBody,
  type Credential,
  type LogEvent,
  type OnUnsupported,
  openAdmission,
  type Principal,
  type ProviderId,
  type Secret,
} from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { createEgress, createEgressPolicy } from '@pipelines/egress';
import { createCredentialVault, createRegistry, loadEncryptionKeys, type Registry } from '@pipelines/registry';
import { type ContentLog, createContentLog, createUsage } from '@pipelines/usage';
import { v7 as uuidv7 } from 'uuid';
import type { CacheWish } from '../cache/cacheable-call.ts';
import { createGateway, type Gateway } from '../create-gateway.ts';
import { type ServedGateway, serveGateway } from './serve-gateway.ts';

export type ModelSettings = Partial<Omit<CreateModelBody, 'connection_test_id' | 'display_name'>>;

export interface TestGateway extends ServedGateway, Pick<Gateway, 'completeChatOnce'> {
  readonly principal: Principal;
  readonly events: LogEvent[];
  readonly database: TestDatabase['database'];
  readonly contents: ContentLog;
  /** By which rules the next calls are let out. */
  admitBy(rules: CallAdmission): void;
  /** Who makes the next calls; null: the principal. */
  actAs(other: Principal | null): void;
  /** Where the usage journal of this process has its files. */
  readonly journalDir: string;
  /** As the next calls come in. */
  limitTo(slugs: readonly string[] | null): void;
  /** What becomes of the next calls that ask for a capability which the model lacks. */
  answerUnsupported(how: OnUnsupported): void;
  readonly registry: Registry;
  readonly gateway: Gateway;
  /** What the next calls name to stand in; undefined leaves it to the model. */
  fallBackTo(names: readonly string[] | undefined): void;
  /** What the next calls say about kept answers. */
  wishCache(wish: CacheWish | undefined): void;
  /** Tests and saves a model, as the page does. */
  addModel(connection: Connection, name: string, settings?: ModelSettings): Promise<string>;
  deactivate(slug: string): Promise<void>;
  /** For how many days contents are kept; null switches content logging off. */
  keepContents(days: number | null): Promise<void>;
  /** One more process on the same database. */
  startReplica(): Promise<Registry>;
  attemptDetail(id: string): Promise<AttemptDetail>;
  /** Replaces the secret of the model's credential, as the page does. */
  replaceSecret(slug: string, apiKey: string): Promise<void>;
  credentialOf(slug: string): Promise<Credential>;
  /** Once they are all in the database. */
  savingsOf(slug: string): Promise<CacheSavings>;
  /** The rows of a slug's calls, newest first, once they are all in the database. */
  attemptsOf(slug: string): Promise<readonly Attempt[]>;
}

const all = { json_mode: true, vision: true, tool_use: true, reasoning: true };

interface TestGatewayOptions {
  readonly keepAliveMs?: number;
  readonly providerBaseUrls?: Readonly<Partial<Record<ProviderId, string>>>;
  readonly platformKey?: Secret | null;
}

/** Every real part of the product below the server, on a database of its own. */
export async function openTestGateway({
  keepAliveMs = 15_000,
  providerBaseUrls = {},
  platformKey = null,
}: TestGatewayOptions = {}): Promise<TestGateway> {
  const test = await createTestDatabase();
  const { database } = test;
  const journalDir = await mkdtemp(path.join(os.tmpdir(), 'gateway-'));
  const events: LogEvent[] = [];
  const log = (event: LogEvent) => void events.push(event);
  const organizationId = uuidv7();
  const memberId = uuidv7();
  await database.db.insert(schema.organizations).values({ id: organizationId, name: 'Acme' });
  await database.db
    .insert(schema.members)
    .values({ organizationId, id: memberId, email: 'ada@acme.test', name: 'Ada', role: 'admin', passwordHash: 'x' });
  const principal: Principal = { organizationId, actor: { type: 'member', id: memberId }, role: 'admin', allowedModels: null };

  const keys = await loadEncryptionKeys({ database, json: null, file: path.join(journalDir, 'keys.json'), log });
  const vault = await createCredentialVault({ database, keys, log });
  const usage = createUsage({ database, journalDir: path.join(journalDir, 'usage'), log });
  await usage.start();
  const operatorTargets = Object.values(providerBaseUrls).map((url) => new URL(url as string));
  const egress = createEgress({ policy: createEgressPolicy({ mode: 'local', allow: [], operatorTargets }), log });
  const buildRegistry = () =>
    createRegistry({
      database,
      vault,
      egress,
      meter: usage,
      log,
      providerBaseUrls,
      platformKey,
      testLimits: { testsPerMinute: 1_000 },
    });
  const registry = buildRegistry();
  const replicas: Registry[] = [];
  await registry.start();
  const contents = createContentLog({ database, vault, keepsContent: registry.keepsContent, log });
  let admission = openAdmission;
  const gateway = createGateway({
    registry,
    egress,
    imageEgress: egress,
    meter: usage,
    admission: { admit: (call) => admission.admit(call) },
    contents,
    log,
    keepAliveMs,
  });
  let actor: Principal | null = null;
  let allowedModels: ReadonlySet<string> | null = null;
  let onUnsupported: OnUnsupported = 'refuse';
  let fallbacks: readonly string[] | undefined;
  let cache: CacheWish | undefined;
  const served = await serveGateway(
    gateway,
    () => ({ ...(actor ?? principal), allowedModels, onUnsupported }),
    () => ({ ...(fallbacks !== undefined && { fallbacks }), ...(cache !== undefined && { cache }) }),
  );

  const credentialId = async (slug: string) => (await registry.getModel(organizationId, slug)).credential?.id ?? '';

  return {
    ...served,
    completeChatOnce: gateway.completeChatOnce,
    principal,
    events,
    database,
    contents,
    journalDir: path.join(journalDir, 'usage', usage.processId),
    registry,
    gateway,
    admitBy(rules) {
      admission = rules;
    },
    actAs(other) {
      actor = other;
    },
    wishCache(wish) {
      cache = wish;
    },
    fallBackTo(names) {
      fallbacks = names;
    },
    answerUnsupported(how) {
      onUnsupported = how;
    },
    limitTo(slugs) {
      allowedModels = slugs === null ? null : new Set(slugs);
    },
    async addModel(connection, name, settings = {}) {
      const tested = await registry.testConnection(principal, connection, AbortSignal.timeout(10_000));
      if (!tested.passed || tested.id === null) throw new Error(`The connection test failed: ${tested.cause}`);
      const body = { ...connection, connection_test_id: tested.id, display_name: name, capabilities: all, ...settings };
      return (await registry.createModel(principal, body as CreateModelBody)).slug;
    },
    deactivate: (slug) => registry.deactivateModel(principal, slug, { confirm: true }),
    async keepContents(content_retention_days) {
      await registry.updateSettings(principal, { content_retention_days });
    },
    async startReplica() {
      const replica = buildRegistry();
      replicas.push(replica);
      await replica.start();
      return replica;
    },
    async attemptDetail(id) {
      await usage.flush();
      return usage.getAttempt(organizationId, id);
    },
    async replaceSecret(slug, api_key) {
      await registry.updateCredential(principal, await credentialId(slug), { credential: { api_key } });
    },
    async credentialOf(slug) {
      return registry.getCredential(organizationId, await credentialId(slug));
    },
    async savingsOf(slug) {
      await usage.flush();
      return usage.sumSavings(organizationId, { slug });
    },
    async attemptsOf(slug) {
      await usage.flush();
      return (await usage.listAttempts(organizationId, { limit: 200, slug, source: 'gateway' })).data;
    },
    async close() {
      await served.close();
      gateway.close();
      await contents.close();
      for (const replica of replicas) await replica.stop();
      await registry.stop();
      await egress.close();
      await usage.close();
      await test.close();
      await rm(journalDir, { recursive: true, force: true });
    },
  };
}
