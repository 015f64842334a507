import { randomBytes, randomUUID } from 'node:crypto';
import type { AttemptEnd, AttemptStart, CallMeter, LogEvent, Principal, Secret } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { createTestDatabase } from '@pipelines/database/testing';
import { createEgress, createEgressPolicy, type Egress } from '@pipelines/egress';
import { createCredentialVault, createRegistry, loadEncryptionKeys, type ProviderBaseUrls, type Registry, type Vault } from '../index.ts';

export interface TestRegistry {
  readonly registry: Registry;
  readonly database: Database;
  readonly vault: Vault;
  readonly egress: Egress;
  readonly admin: Principal;
  /** Another admin of the same organization. */
  readonly colleague: Principal;
  /** The admin of another organization. */
  readonly stranger: Principal;
  readonly logged: LogEvent[];
  /** Every call to a provider, with its end. */
  readonly calls: { readonly start: AttemptStart; end: AttemptEnd | null }[];
  /** One more process on the same database. */
  startReplica(): Promise<Registry>;
  close(): Promise<void>;
}

export interface TestRegistryOptions {
  readonly mode?: 'local' | 'server';
  readonly providerBaseUrls?: ProviderBaseUrls;
  readonly platformKey?: Secret | null;
  readonly testsPerMinute?: number;
  /** PEM, trusted beside the usual ones. */
  readonly certificateAuthorities?: readonly string[];
}

/** A registry on a database of its own, with the real egress; two organizations, three admins. */
export async function startTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const { mode = 'local', providerBaseUrls = {}, platformKey = null, testsPerMinute = 10_000, certificateAuthorities = [] } = options;
  const { database, close } = await createTestDatabase();
  const logged: LogEvent[] = [];
  const log = (event: LogEvent) => void logged.push(event);
  const json = JSON.stringify([{ kid: 'test', key: randomBytes(32).toString('base64') }]);
  const keys = await loadEncryptionKeys({ database, json, file: '', log });
  const vault = await createCredentialVault({ database, keys, log });
  const operatorTargets = Object.values(providerBaseUrls).map((url) => new URL(url));
  const egress = createEgress({ policy: createEgressPolicy({ mode, allow: [], operatorTargets }), log, certificateAuthorities });
  const { meter, calls } = createCollectingMeter();
  const build = () =>
    createRegistry({
      database,
      vault,
      egress,
      meter,
      log,
      providerBaseUrls,
      platformKey,
      testLimits: { testsPerMinute, modelListsPerMinute: 1000 },
    });
  const registry = build();
  const replicas: Registry[] = [registry];
  const organization = await addOrganization(database);
  const other = await addOrganization(database);
  await registry.start();

  return {
    registry,
    database,
    vault,
    egress,
    admin: await addAdmin(database, organization),
    colleague: await addAdmin(database, organization),
    stranger: await addAdmin(database, other),
    logged,
    calls,
    async startReplica() {
      const replica = build();
      replicas.push(replica);
      await replica.start();
      return replica;
    },
    async close() {
      for (const replica of replicas) await replica.stop();
      await egress.close();
      await close();
    },
  };
}

function createCollectingMeter() {
  const calls: TestRegistry['calls'] = [];
  const meter: CallMeter = {
    writeHeld: () => undefined,
    begin(start) {
      const call: TestRegistry['calls'][number] = { start, end: null };
      calls.push(call);
      return {
        attemptId: randomUUID(),
        end(result) {
          if (call.end) throw new Error('An attempt has ended twice.');
          call.end = result;
          return { cost: null };
        },
      };
    },
  };
  return { meter, calls };
}

async function addOrganization({ db }: Database): Promise<string> {
  const id = randomUUID();
  await db.insert(schema.organizations).values({ id, name: 'Acme' });
  return id;
}

async function addAdmin({ db }: Database, organizationId: string): Promise<Principal> {
  const id = randomUUID();
  await db.insert(schema.members).values({ organizationId, id, email: `${id}@example.com`, name: 'Ada', role: 'admin', passwordHash: '-' });
  return { organizationId, actor: { type: 'member', id }, role: 'admin', allowedModels: null };
}
