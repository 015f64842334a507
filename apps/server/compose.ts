import path from 'node:path';
import type { Log } from '@pipelines/contracts';
import { createEgress, createEgressPolicy } from '@pipelines/egress';
import { createGateway } from '@pipelines/gateway';
import { createIdentity } from '@pipelines/identity';
import { createCredentialVault, createRegistry, loadEncryptionKeys } from '@pipelines/registry';
import { createUsage } from '@pipelines/usage';
import type { Config, Secrets } from './config/read-config.ts';
import { createApiRouteTable } from './http/api/api-route-table.ts';
import { createApi } from './http/api/create-api.ts';
import { createSessionCookie } from './http/api/session-cookie.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { createRequestHandler } from './http/handle-request.ts';
import { createMetrics } from './http/metrics.ts';
import { loadPage } from './http/page/load-page.ts';
import { handleV1 } from './http/v1/handle-v1.ts';
import { createClosers } from './start/closers.ts';
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
export async function composeProduct({ config, secrets, log, pageDir, version, drainMs = 30_000 }: ProductOptions): Promise<Product> {
  const closers = createClosers(log);
  try {
    const { publicUrl, mode, providerBaseUrls } = config;
    const { database, dataDir, databaseAddress } = await openStorage(config, secrets, log, closers);

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

    const operatorTargets = Object.values(providerBaseUrls).map((url) => new URL(url));
    const ownAddresses = [{ host: config.host, port: config.port }, databaseAddress];
    const egress = createEgress({ policy: createEgressPolicy({ mode, allow: config.egressAllow, operatorTargets, ownAddresses }), log });
    closers.add(() => egress.close());
    const registry = createRegistry({ database, vault, egress, meter, log, providerBaseUrls, platformKey: secrets.platformKey });
    closers.add(() => registry.stop());
    await registry.start();
    const gateway = createGateway({ registry, egress, meter, log });
    closers.add(() => gateway.close());

    let stopping = false;
    const setupLinkFile = createSetupLinkFile(dataDir);
    const cookie = createSessionCookie(publicUrl);
    const onSetupCompleted = setupLinkFile.remove;
    const table = createApiRouteTable({ identity, registry, usage, gateway, cookie, onSetupCompleted, version });
    const api = createApi(table, { identity, cookie, publicUrl, log });
    const server = createHttpServer(
      createRequestHandler({
        v1: config.roles.has('gateway') ? (context) => handleV1({ identity, gateway, log }, context) : null,
        api: config.roles.has('api') ? api : null,
        page: config.roles.has('api') ? await loadPage(pageDir) : null,
        operator: { identity, metrics, checkReadiness: async () => ({ accepting: !stopping, database: await database.ping() }) },
        trustedProxies: config.trustedProxies,
        metrics,
        log,
        isStopping: () => stopping,
      }),
    );
    await listen(server, config);
    closers.add(() => drainServer(server, { drainMs, cutOff: () => egress.close() }));

    const setupLink = await identity.createSetupLink();
    if (setupLink === null) setupLinkFile.remove();
    else setupLinkFile.write(setupLink);
    return {
      url: publicUrl,
      setupLink,
      stop() {
        stopping = true;
        return closers.closeAll();
      },
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
