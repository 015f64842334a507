import type { CallMeter, Log, Secret } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import { listProviders } from '@pipelines/providers';
import { createCatalogue } from './catalogue/create-catalogue.ts';
import { seedPlatformModels } from './catalogue/seed-platform-models.ts';
import { keepPurgingTests } from './connection-test/purge-tests.ts';
import { createTestLimiter, type TestLimits } from './connection-test/test-limiter.ts';
import type { Vault } from './credential-vault/create-credential-vault.ts';
import { getCredential, listCredentials } from './credentials/read-credentials.ts';
import { settleTrial } from './credentials/settle-trial.ts';
import { deactivateModel } from './deactivate-model.ts';
import { deleteCredential } from './delete-credential.ts';
import { getModel } from './get-model.ts';
import { getModelHealth } from './get-model-health.ts';
import { listDependents } from './list-dependents.ts';
import { listModels } from './list-models.ts';
import { listProviderModels, type ProviderListCache } from './list-provider-models.ts';
import { listSharing } from './list-sharing.ts';
import { createPriceBook } from './price-book/create-price-book.ts';
import { probeConnection } from './probe-capabilities.ts';
import { listProbes, probeModel } from './probe-model.ts';
import { reactivateModel } from './reactivate-model.ts';
import type { Registry } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';
import { createReplica } from './replicas/keep-replica.ts';
import { listReplicas } from './replicas/list-replicas.ts';
import { addModelCredential } from './routing/add-model-credential.ts';
import { aliasesOf, createAlias, deleteAlias, listAliases, updateAlias } from './routing/aliases.ts';
import { purgeCachedAnswers } from './routing/purge-cached-answers.ts';
import { readModelRouting, readStandingFor } from './routing/read-model-routing.ts';
import { removeModelCredential } from './routing/remove-model-credential.ts';
import { updateModelRouting } from './routing/update-model-routing.ts';
import { saveModel } from './save-model.ts';
import { getSettings, updateSettings } from './settings.ts';
import { createSnapshot } from './snapshot/create-snapshot.ts';
import { followGeneration } from './snapshot/follow-generation.ts';
import { createOpenedCredentials } from './snapshot/opened-credentials.ts';
import type { ProviderBaseUrls } from './snapshot/resolve-options.ts';
import { createSecretTrials } from './snapshot/secret-trials.ts';
import { testConnection } from './test-connection.ts';
import { testCredential } from './test-credential.ts';
import { testModel } from './test-model.ts';
import { updateCredential } from './update-credential.ts';
import { updateModel } from './update-model.ts';

export interface RegistryOptions {
  readonly database: Database;
  readonly vault: Vault;
  readonly egress: Egress;
  readonly meter: CallMeter;
  readonly log: Log;
  /** The operator's own hosts, by provider (`PROVIDER_BASE_URLS`). */
  readonly providerBaseUrls: ProviderBaseUrls;
  /** The operator's OpenRouter key, which serves the platform models; null: they are not configured. */
  readonly platformKey: Secret | null;
  readonly testLimits?: TestLimits;
  /** How often the source of the platform models is read by itself; null or left out: only when asked. */
  readonly catalogueSyncEveryMs?: number | null;
  /** How often the sources are asked what custom models cost; null or left out: only when somebody asks. */
  readonly priceCheckEveryMs?: number | null;
}

export function createRegistry({
  testLimits,
  catalogueSyncEveryMs = null,
  priceCheckEveryMs = null,
  ...options
}: RegistryOptions): Registry {
  const { database, vault, log } = options;
  const opened = createOpenedCredentials(vault);
  const trials = createSecretTrials((key, outcome) => settleTrial(context, key, outcome), log);
  const generation = followGeneration();
  const replica = createReplica({ database, log, generation: () => generation.loaded });
  const snapshot = createSnapshot({ ...options, opened, trials, generation, replica });
  const context: RegistryContext = { ...options, opened, testLimiter: createTestLimiter(testLimits), refresh: snapshot.refresh };
  const lists: ProviderListCache = new Map();
  const catalogue = createCatalogue({ ...options, syncEveryMs: catalogueSyncEveryMs });
  const priceBook = createPriceBook(context, priceCheckEveryMs);
  let stopCheckingPrices: () => Promise<void> = async () => undefined;
  let stopPurging: () => Promise<void> = async () => undefined;
  let stopSyncing: () => Promise<void> = async () => undefined;

  return {
    async start() {
      await seedPlatformModels(database);
      await vault.preload();
      await snapshot.start();
      await replica.start();
      stopPurging = keepPurgingTests(database, log);
      stopSyncing = catalogue.keepSyncing();
      stopCheckingPrices = priceBook.keepChecking();
    },
    async stop() {
      await stopPurging();
      await stopSyncing();
      await replica.stop();
      await stopCheckingPrices();
      await trials.close();
      await snapshot.stop();
      opened.close();
    },
    catalogue,
    priceBook,
    resolve: snapshot.resolve,
    resolveName: snapshot.resolveName,
    listCallable: snapshot.listCallable,
    keepsContent: snapshot.keepsContent,
    listModels: (organizationId, query) => listModels(context, organizationId, query),
    getModel: (organizationId, slug) => getModel(context, organizationId, slug),
    getModelHealth: (organizationId, slug) => getModelHealth(context, organizationId, slug),
    listReplicas: () => listReplicas(database),
    createModel: (principal, body) => saveModel(context, principal, body),
    updateModel: (principal, slug, body) => updateModel(context, principal, slug, body),
    deactivateModel: (principal, slug, { confirm }) => deactivateModel(context, principal, slug, { confirm }),
    reactivateModel: (principal, slug) => reactivateModel(context, principal, slug),
    testConnection: (principal, body, signal, test) => testConnection(context, principal, body, signal, test),
    testModel: (principal, slug, body, signal, test) => testModel(context, principal, slug, body, signal, test),
    probeConnection: (principal, body, signal, test) => probeConnection(context, principal, body, signal, test),
    probeModel: (principal, slug, signal, test) => probeModel(context, principal, slug, signal, test),
    listProbes: (organizationId, slug) => listProbes(context, organizationId, slug),
    listProviders,
    listProviderModels: (principal, provider, body, signal) => listProviderModels(context, lists, principal, provider, body, signal),
    listCredentials: (organizationId) => listCredentials(context, organizationId),
    getCredential: (organizationId, id) => getCredential(context, organizationId, id),
    updateCredential: (principal, id, body) => updateCredential(context, principal, id, body),
    testCredential: (principal, id, body, signal, test) => testCredential(context, principal, id, body, signal, test),
    deleteCredential: (principal, id) => deleteCredential(context, principal, id),
    listDependents: (organizationId, slug) => listDependents(database.db, organizationId, slug),
    listSharing: (organizationId, slug) => listSharing(database.db, organizationId, slug),
    getModelRouting: (organizationId, slug) => readModelRouting(context, organizationId, slug),
    updateModelRouting: (principal, slug, body) => updateModelRouting(context, principal, slug, body),
    addModelCredential: (principal, slug, body) => addModelCredential(context, principal, slug, body),
    removeModelCredential: (principal, slug, credentialId) => removeModelCredential(context, principal, slug, credentialId),
    purgeCachedAnswers: (principal, slug) => purgeCachedAnswers(context, principal, slug),
    async listNamesAndStandIns(organizationId, slug) {
      const aliases = await aliasesOf(database.db, organizationId, slug);
      return { aliases, stands_in_for: await readStandingFor(database.db, organizationId, slug) };
    },
    listAliases: (organizationId) => listAliases(context, organizationId),
    createAlias: (principal, name, slug) => createAlias(context, principal, name, slug),
    updateAlias: (principal, name, slug) => updateAlias(context, principal, name, slug),
    deleteAlias: (principal, name) => deleteAlias(context, principal, name),
    getSettings: (organizationId) => getSettings(database.db, organizationId),
    updateSettings: (principal, body) => updateSettings(context, principal, body),
  };
}
