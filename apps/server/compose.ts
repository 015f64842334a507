import path from 'node:path';
import type { Log } from '@pipelines/contracts';
import { createEgress, createEgressPolicy, type Egress, type OwnAddress } from '@pipelines/egress';
import { createGateway } from '@pipelines/gateway';
import { createIdentity } from '@pipelines/identity';
import { createLimits } from '@pipelines/limits';
import {
  createCatalogue,
  createCredentialVault,
  createRegistry,
  createWebhookSecrets,
  loadEncryptionKeys,
  type PlatformCatalogue,
  seedPlatformModels,
} from '@pipelines/registry';
import { createContentLog, createUsage } from '@pipelines/usage';
import {
  createEngine,
  createEvaluationKeeper,
  createEvaluations,
  createLiveFeed,
  createReplayKeeper,
  createReplays,
  createScheduler,
  createTools,
  createWorkflows,
} from '@pipelines/workflows';
import type { Config, Secrets } from './config/read-config.ts';
import { createApiRouteTable } from './http/api/api-route-table.ts';
import { createApi } from './http/api/create-api.ts';
import { createEventStreams } from './http/api/event-streams.ts';
import { createSessionCookie } from './http/api/session-cookie.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { createRequestHandler } from './http/handle-request.ts';
import { createMetrics } from './http/metrics.ts';
import { loadPage } from './http/page/load-page.ts';
import { handleV1 } from './http/v1/handle-v1.ts';
import { type Closers, createClosers } from './start/closers.ts';
import { drainServer } from './start/drain-server.ts';
import { listen } from './start/listen.ts';
import { openStorage } from './start/open-storage.ts';
import { createSetupLinkFile } from './start/setup-link-file.ts';

export interface ProductOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
  /** The built page. */
  readonly pageDir: string;
  readonly version: string;
  /** How long calls may go on after `stop`. Default 30 s. */
  readonly drainMs?: number;
}

/** The whole product, listening. */
export interface Product {
  readonly url: string;
  /** While no organization exists. */
  readonly setupLink: string | null;
  /** Not ready any more, no new calls, running ones end; then everything is closed. Safe to call again. */
  stop(): Promise<void>;
}

/** Builds every object of the product, each once, and starts to listen. What it has opened is closed again if it fails. */
export async function composeProduct(options: ProductOptions): Promise<Product> {
  const closers = createClosers(options.log);
  try {
    const services = await composeServices(options, closers);
    const { accept, stopAccepting } = await composeHttp(options, services, closers);
    const { identity, setupLinkFile } = services;
    const setupLink = await identity.createSetupLink();
    if (setupLink === null) setupLinkFile.remove();
    else setupLinkFile.write(setupLink);
    accept();
    return {
      url: options.config.publicUrl,
      setupLink,
      stop() {
        stopAccepting();
        return closers.closeAll();
      },
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** From the database up to the workflows. */
async function composeServices({ config, secrets, log }: ProductOptions, closers: Closers) {
  const { publicUrl, providerBaseUrls, roles } = config;
  const { database, databaseUrl, dataDir, databaseAddress } = await openStorage(config, secrets, log, closers);

  const keyFile = config.encryptionKeysFile ?? path.join(dataDir, 'encryption-keys.json');
  const keys = await loadEncryptionKeys({ database, json: secrets.encryptionKeys, file: keyFile, log });
  const vault = await createCredentialVault({ database, keys, log });
  const identity = createIdentity({ database, pepper: await vault.serverSecret('api-key-pepper'), log, publicUrl });
  if (secrets.bootstrap !== null) await identity.bootstrapOrganization(secrets.bootstrap);
  closers.add(() => identity.stop());
  await identity.start();

  const metrics = createMetrics();
  const usage = createUsage({ database, journalDir: path.join(dataDir, 'usage'), log });
  closers.add(() => usage.close());
  await usage.start();
  const meter = metrics.countCalls(usage);

  const egress = composeEgress(config, log, databaseAddress, closers);
  const { platformKey } = secrets;
  // Without a key nobody can call what the source lists: then it is read only when somebody asks.
  const catalogueSyncEveryMs = platformKey === null ? null : config.catalogueSyncEveryMs;
  const priceCheckEveryMs = config.catalogueSyncEveryMs;
  const sources = { catalogueSyncEveryMs, priceCheckEveryMs };
  const registry = createRegistry({ database, vault, egress, meter, log, providerBaseUrls, platformKey, ...sources });
  closers.add(() => registry.stop());
  await registry.start();
  const contents = createContentLog({ database, vault, keepsContent: registry.keepsContent, log });
  closers.add(() => contents.close());
  contents.start();
  const limits = createLimits({
    database,
    registry,
    egress,
    webhookSecrets: createWebhookSecrets(vault),
    processId: usage.processId,
    log,
    onRefusal: metrics.countRefusal,
  });
  closers.add(() => limits.stop());
  await limits.start();
  if (roles.has('api')) limits.startAlerts();
  const gateway = createGateway({
    registry,
    egress,
    imageEgress: composeImageEgress(config, log, databaseAddress, closers),
    meter,
    admission: limits,
    contents,
    log,
  });
  closers.add(() => gateway.close());
  metrics.observeRoutes(gateway.countRoutes);
  metrics.observeCache(gateway.countCache);

  const tools = createTools({ database, egress, vault, log });
  const engine = createEngine({ database, databaseUrl, gateway, egress, registry, tools, log });
  closers.add(() => engine.stop());
  // Without the role it still takes tasks, reviews and cancels down, for the workers elsewhere.
  if (roles.has('worker')) await engine.start();
  const feed = createLiveFeed(database);
  closers.add(() => feed.close());
  const workflows = createWorkflows({ database, registry, engine, feed, stepDoors: { gateway, registry, egress, tools } });
  const evaluations = createEvaluations({ database, registry, engine });
  const keeper = createEvaluationKeeper({ database, engine, log });
  closers.add(() => keeper.stop());
  if (roles.has('worker')) keeper.start();
  const replaysContext = { database, registry, gateway, vault, contents };
  const replays = createReplays(replaysContext);
  const replayKeeper = createReplayKeeper({ ...replaysContext, log });
  closers.add(() => replayKeeper.stop());
  if (roles.has('worker')) replayKeeper.start();
  const scheduler = createScheduler({ database, registry, engine }, log);
  closers.add(() => scheduler.stop());
  if (roles.has('worker')) scheduler.start();

  const setupLinkFile = createSetupLinkFile(dataDir);
  return {
    database,
    identity,
    metrics,
    usage,
    contents,
    egress,
    registry,
    limits,
    gateway,
    workflows,
    evaluations,
    replays,
    tools,
    setupLinkFile,
  };
}

/** The one way out, as the operator lets it lead. */
function composeEgress(config: Config, log: Log, databaseAddress: OwnAddress, closers: Closers): Egress {
  const { mode, egressAllow: allow, egressTransport: transport, providerBaseUrls, host, port } = config;
  const operatorTargets = Object.values(providerBaseUrls).map((url) => new URL(url));
  const ownAddresses = [{ host, port }, databaseAddress];
  const egress = createEgress({ policy: createEgressPolicy({ mode, allow, operatorTargets, ownAddresses }), log, transport });
  closers.add(() => egress.close());
  return egress;
}

/** Out to public hosts only: what the operator has opened for models is not open to the addresses of images. */
function composeImageEgress(
  { host, port, egressTransport: transport }: Config,
  log: Log,
  databaseAddress: OwnAddress,
  closers: Closers,
): Egress {
  const ownAddresses = [{ host, port }, databaseAddress];
  const egress = createEgress({
    policy: createEgressPolicy({ mode: 'server', allow: [], operatorTargets: [], ownAddresses }),
    log,
    transport,
  });
  closers.add(() => egress.close());
  return egress;
}

/** The catalogue alone, for the operator's commands, beside a server that runs or not. */
export async function composeCatalogue(
  { config, secrets, log }: Pick<ProductOptions, 'config' | 'secrets' | 'log'>,
  closers: Closers,
): Promise<PlatformCatalogue> {
  const { database, databaseAddress } = await openStorage(config, secrets, log, closers);
  await seedPlatformModels(database);
  const egress = composeEgress(config, log, databaseAddress, closers);
  const { providerBaseUrls } = config;
  return createCatalogue({ database, egress, log, providerBaseUrls, platformKey: secrets.platformKey, syncEveryMs: null });
}

type Services = Awaited<ReturnType<typeof composeServices>>;

/** The HTTP server over the services, listening. Returns how to say that all is ready, and that it is about to stop. */
async function composeHttp({ config, log, pageDir, version, drainMs = 30_000 }: ProductOptions, services: Services, closers: Closers) {
  const { database, identity, metrics, gateway, egress } = services;
  const { publicUrl, roles, trustedProxies } = config;
  let accepting = false;
  let stopping = false;
  const cookie = createSessionCookie(publicUrl);
  const eventStreams = createEventStreams();
  const table = createApiRouteTable({ ...services, cookie, onSetupCompleted: services.setupLinkFile.remove, version });
  const api = createApi(table, { identity, cookie, publicUrl, eventStreams, log });
  const handle = createRequestHandler({
    v1: roles.has('gateway') ? (context) => handleV1({ identity, gateway, log }, context) : null,
    api: roles.has('api') ? api : null,
    page: roles.has('api') ? await loadPage(pageDir) : null,
    operator: { identity, metrics, checkReadiness: async () => ({ accepting, database: await database.ping() }) },
    trustedProxies,
    metrics,
    log,
    isStopping: () => stopping,
  });
  const server = createHttpServer(handle);
  await listen(server, config);
  closers.add(() => drainServer(server, { drainMs, cutOff: () => egress.close() }));
  return {
    accept() {
      accepting = true;
    },
    stopAccepting() {
      accepting = false;
      stopping = true;
      eventStreams.stop();
    },
  };
}
